#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judge/reference.hpp"
#include "muster/tags/schema.hpp"

namespace muster::judge {

/// splitmix64: the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// REQUIRES: n > 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(double probability) {
    return static_cast<double>(next() >> 11) * 0x1p-53 < probability;
  }
  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[below(items.size())];
  }

 private:
  std::uint64_t state_;
};

/// Tags of every type with names and categories that are hard to handle: Chinese, spaces,
/// quotes, words of the language.
std::vector<Tag> random_tags(Random& random);

/// A value for each tag that is not derived, NULL where the tag allows it. Few different values,
/// so that comparisons come out both ways; among them the ends of the 64-bit integers, the
/// neighbours of 2^53, -0.0 and infinities.
Row random_row(Random& random, std::span<const Tag> tags);

/// The day from which random rows count days.
Date judgement_day();

struct RuleOptions {
  int depth = 4;                      ///< nesting of operators
  std::vector<std::string> segments;  ///< names that SEGMENT() may refer to
};

/// The text of a rule over these tags, which they can answer: spelt in every way the language
/// allows, with parentheses where chance puts them.
std::string random_rule(Random& random, std::span<const Tag> tags, const RuleOptions& options);

/// Every expression of at most so many operators (NOT, AND, OR, IS [NOT] TRUE, FALSE and NULL)
/// over these conditions.
std::vector<std::string> all_rules(const std::vector<std::string>& conditions, int operators);

/// Every user that these tags' values can make.
struct Values {
  std::string tag;
  std::vector<Value> values;
};
std::vector<Row> all_rows(const std::vector<Values>& tags);

}  // namespace muster::judge
