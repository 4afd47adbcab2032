#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "match/random_programs.hpp"
#include "muster/rules/check.hpp"
#include "muster/tags/user.hpp"

namespace muster::testing {

inline const Date today{20'000};

/// A small schema with every type, nullable and not.
Schema telco_schema();

/// Random users of telco_schema(), a fifth of the nullable values missing.
User random_user(RandomPrograms& random, const Schema& schema);

/// Random rules over telco_schema() as text.
class RandomRules {
 public:
  explicit RandomRules(std::uint64_t seed) : random_(seed, 1) {}

  /// Segments named s0 … are referred to, below `segments`.
  std::string next(unsigned depth, unsigned segments = 0);
  std::string number_test(unsigned below = 100);
  std::string category_test();
  std::string set_test();
  std::string date_test();
  std::string flag_test();
  RandomPrograms& random() { return random_; }

 private:
  std::string atom(unsigned segments);
  std::string list(std::string_view stem, unsigned values, unsigned most);
  RandomPrograms random_;
};

}  // namespace muster::testing
