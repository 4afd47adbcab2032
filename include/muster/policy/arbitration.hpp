#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "muster/policy/policy.hpp"
#include "muster/tags/schema.hpp"

namespace muster {

/// Multiplies the scores of some policies for users of whom a rule is TRUE.
struct ContextWeight {
  std::string when;
  double weight = 1;
  std::vector<PolicyId> policies;  ///< ascending; empty: all
  std::uint8_t classes = 0x3f;     ///< and only of these service classes, bit by bit
};

/// How the channels of a policy are ranked for a user, best first:
///
///     preference × [the user prefers it] + response × propensity − cost × cost of a contact /
///     dearest
///
/// where `dearest` is the largest contact cost of the catalogue's channels. Ties go to the channel
/// that the catalogue names first.
struct ChannelWeights {
  double preference = 0;
  double response = 0;
  double cost = 0;
  friend bool operator==(const ChannelWeights&, const ChannelWeights&) = default;
};

/// What becomes of the policies that a user may be offered. A policy's score is
///
///     propensity × value × context weights × lever − cost of a contact
///
/// on the channel that ranks first for it; the lever is the policy's times the channel's own.
struct Arbitration {
  std::uint32_t primary = 1;    ///< policies shown first (主推); max_shown at most
  std::uint32_t secondary = 3;  ///< policies shown after them (次推); max_shown at most
  std::vector<ContextWeight> context;

  std::string high_value_when;         ///< a rule: whom `high_value` is for; empty: nobody
  ChannelWeights high_value{1, 1, 0};  ///< they get the channel they prefer
  ChannelWeights others{0, 1, 1};      ///< they get the cheapest that works
};
inline constexpr std::uint32_t max_shown = 100;
inline constexpr double max_weight = 1e6;        ///< of context and of ChannelWeights; 0 at least
inline constexpr double max_coefficient = 1e12;  ///< of LogisticPropensity, in size

/// Stand for every policy and channel in the lists below.
inline constexpr PolicyId any_policy = 0xffff'ffff;
inline constexpr ChannelId any_channel = 0xffff;

/// A propensity that is the same for every user.
struct ConstantPropensity {
  PolicyId policy = any_policy;
  ChannelId channel = any_channel;
  double probability = 0;  ///< 0 to 1
};

/// Propensity by logistic regression: 1 / (1 + exp(−(intercept + Σ coefficient × x))), x being a
/// number as it is, a date as days since 1970-01-01, a boolean as 0 or 1, a category or set as 1
/// where the user has `category`, else 0; where the tag is NULL, `missing`.
struct LogisticPropensity {
  struct Term {
    TagId tag{};
    CategoryCode category{};  ///< of category and set tags
    double coefficient = 0;
    double missing = 0;
  };
  PolicyId policy = any_policy;
  ChannelId channel = any_channel;
  double intercept = 0;
  std::vector<Term> terms;
};

/// Of the entries that fit a policy on a channel one counts: that which names both, else the
/// policy, else the channel, else neither; of two alike the logistic one. Without any, 0.
struct Propensities {
  std::vector<ConstantPropensity> constants;
  std::vector<LogisticPropensity> logistic;
};

/// A share of users that is decided as usual but marked, not to be contacted, to compare with.
struct Holdout {
  double share = 0;  ///< 0 to 1
  std::string key;   ///< of the hash that chooses: another key, other users
};

}  // namespace muster
