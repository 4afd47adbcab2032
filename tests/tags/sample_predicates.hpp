#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster::testing_samples {

/// Random canonical predicates about one tag and aspect.
inline std::vector<Predicate> random_predicates(const Schema& schema, TagId id, Aspect aspect,
                                                std::size_t count, std::mt19937_64& random) {
  const Tag& tag = schema.tag(id);
  const std::size_t codes = tag.type == TagType::boolean ? 2 : tag.values.size();
  std::vector<Predicate> predicates(count);
  for (Predicate& p : predicates) {
    p.tag = id;
    p.aspect = aspect;
    p.null = random() % 3 == 0;
    p.none_of = tag.type == TagType::category_set && random() % 2 == 0;
    const std::size_t density = 1 + random() % 4;
    for (std::size_t code = 0; code < codes; ++code) {
      if (random() % density == 0)
        p.codes.push_back(CategoryCode{static_cast<std::uint16_t>(code)});
    }
    if (tag.type != TagType::number && tag.type != TagType::date) continue;
    for (std::size_t i = random() % 5; i-- > 0;) {
      Number at = static_cast<double>(random() % 81) / 4 - 10;
      if (random() % 8 == 0) at = std::int64_t{9007199254740991} + static_cast<int>(random() % 5);
      p.cuts.push_back({at, random() % 2 == 0});
    }
    std::sort(p.cuts.begin(), p.cuts.end());
    p.cuts.erase(std::unique(p.cuts.begin(), p.cuts.end()), p.cuts.end());
  }
  return predicates;
}

inline std::vector<Predicate> predicates_of_all(const Schema& schema, std::size_t count,
                                                std::mt19937_64& random) {
  std::vector<Predicate> all;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    for (const Aspect aspect : {Aspect::value, Aspect::days_until}) {
      if (aspect == Aspect::days_until && schema.tag(id).type != TagType::date) continue;
      const auto some = random_predicates(schema, id, aspect, count, random);
      all.insert(all.end(), some.begin(), some.end());
    }
  }
  std::shuffle(all.begin(), all.end(), random);
  return all;
}

}  // namespace muster::testing_samples
