#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "muster/rules/check.hpp"

/// A schema so small that every user there can be may be tried.
namespace muster::small_world {

inline Schema schema() {
  return *Schema::make({
      {.name = "b", .type = TagType::boolean},
      {.name = "q", .type = TagType::boolean, .nullable = true},
      {.name = "c", .type = TagType::category, .nullable = true, .values = {"x", "y", "z"}},
      {.name = "n", .type = TagType::number, .nullable = true},
      {.name = "s", .type = TagType::category_set, .nullable = true, .values = {"u", "v", "w"}},
      {.name = "d", .type = TagType::date},
  });
}

inline constexpr Date today{1000};

class WorldUser final : public UserView {
 public:
  std::vector<Cell> cells;
  Cell cell(TagId tag) const override { return cells[static_cast<std::size_t>(tag)]; }
};

/// Calls visit for one user of each kind that rules of random_rule() tell apart.
inline void for_each_user(const std::function<void(const WorldUser&)>& visit) {
  std::vector<std::vector<CategoryCode>> sets;
  for (int bits = 0; bits < 8; ++bits) {
    sets.emplace_back();
    for (int i = 0; i < 3; ++i) {
      if (bits >> i & 1) sets.back().push_back(CategoryCode(i));
    }
  }
  std::vector<std::vector<Cell>> values(6);
  values[0] = {false, true};
  values[1] = {std::monostate{}, false, true};
  values[2] = {std::monostate{}, CategoryCode{0}, CategoryCode{1}, CategoryCode{2}};
  values[3] = {std::monostate{}};
  for (int i = 1; i < 8; ++i) values[3].push_back(Number(i * 0.5));
  values[4] = {std::monostate{}};
  for (const auto& set : sets) values[4].push_back(std::span<const CategoryCode>(set));
  for (int day = 998; day < 1004; ++day) values[5].push_back(Date{day});
  WorldUser user;
  user.cells.resize(6);
  const std::function<void(std::size_t)> fill = [&](std::size_t tag) {
    if (tag == values.size()) return visit(user);
    for (const Cell& value : values[tag]) {
      user.cells[tag] = value;
      fill(tag + 1);
    }
  };
  fill(0);
}

/// splitmix64
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((z ^ z >> 31) % n);
  }

 private:
  std::uint64_t state_;
};

inline std::string random_condition(Random& random, bool days) {
  static const std::vector<std::string> conditions = {"b",
                                                      "q",
                                                      "q IS NULL",
                                                      "q IS NOT TRUE",
                                                      "c = 'x'",
                                                      "c <> 'y'",
                                                      "c IN ('y', 'z')",
                                                      "c IS NULL",
                                                      "n = 1",
                                                      "n < 2",
                                                      "n >= 3",
                                                      "n > 1",
                                                      "n BETWEEN 1 AND 2",
                                                      "n <> 2",
                                                      "n IS NOT NULL",
                                                      "n IN (1, 3)",
                                                      "s HAS ANY ('u')",
                                                      "s HAS ANY ('u', 'v')",
                                                      "s HAS ALL ('v', 'w')",
                                                      "s HAS ANY ('w')",
                                                      "s IS NULL",
                                                      "d = '1972-09-27'",
                                                      "d > '1972-09-28'",
                                                      "days_until(d) <= 0",
                                                      "days_until(d) BETWEEN 1 AND 2"};
  return conditions[random.below(conditions.size() - (days ? 0 : 2))];
}

inline std::string random_rule(Random& random, int depth, bool days = true) {
  if (depth == 0) return random_condition(random, days);
  switch (random.below(6)) {
    case 0:
      return random_condition(random, days);
    case 1:
      return "NOT (" + random_rule(random, depth - 1, days) + ")";
    default: {
      const char* joint = random.below(2) ? " AND " : " OR ";
      std::string rule = "(" + random_rule(random, depth - 1, days) + ")";
      for (std::size_t i = random.below(3) + 1; i > 0; --i) {
        rule += joint;
        rule += "(" + random_rule(random, depth - 1, days) + ")";
      }
      return rule;
    }
  }
}

}  // namespace muster::small_world
