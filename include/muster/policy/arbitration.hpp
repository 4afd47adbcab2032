#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "muster/policy/channel.hpp"

namespace muster {

/// Multiplies the score of policies while a rule is true of the user.
struct ContextWeight {
  std::string when;                      ///< a rule
  double weight = 1;
  std::vector<std::uint32_t> policies;   ///< positions; empty: all
  std::vector<ServiceClass> classes;     ///< further narrowed to these; empty: all
};

/// How the channels of a policy are ranked for a user:
///
///     rank = preference × [user prefers it] + response × propensity − cost × contact cost / currency
///
/// with the weights of the user's group.
struct ChannelWeights {
  double preference = 0;
  double response = 0;
  double cost = 0;
};

/// What becomes of the policies that a user may be offered.
struct Arbitration {
  std::uint32_t primary = 1;    ///< policies shown first (主推)
  std::uint32_t secondary = 3;  ///< policies shown after them (次推)
  std::vector<ContextWeight> context;

  std::string high_value_when;  ///< a rule: these users get the channel they prefer; may be empty
  ChannelWeights high_value{1, 1, 0};
  ChannelWeights others{0.1, 1, 1};
};

/// A policy's or channel's wildcard in the two lists below.
inline constexpr std::uint32_t any_policy = 0xffffffff;
inline constexpr ChannelId any_channel = 0xffff;

/// Propensity as a constant; the entry that names most wins, policy before channel.
struct ConstantPropensity {
  std::uint32_t policy = any_policy;
  ChannelId channel = any_channel;
  double probability = 0;
};

/// Propensity by logistic regression: 1 / (1 + exp(−(intercept + Σ coefficient × value))).
struct LogisticPropensity {
  /// A number as it is; a boolean as 0 or 1; a category or an element of a set as 1 where the user
  /// has it, 0 where not; NULL as `missing`.
  struct Term {
    TagId tag{};
    CategoryCode category{};  ///< of a category or set tag
    double coefficient = 0;
    double missing = 0;
  };
  std::uint32_t policy = any_policy;
  ChannelId channel = any_channel;
  double intercept = 0;
  std::vector<Term> terms;
};

/// A share of users that is decided as usual but not to be contacted, to compare with. Chosen by
/// a keyed hash of the user's key: whoever is in a small share is in any larger one.
struct HoldoutSettings {
  double share = 0;  ///< 0 to 1
  std::string key;   ///< another key, other users
};

}  // namespace muster
