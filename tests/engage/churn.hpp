#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "market.hpp"

namespace muster::testing {

/// What several channels do to the same users, again and again: a catalogue with an exclusion
/// group, a quota, a budget, a cap and a daily capacity that all run out.
struct ChurnMarket {
  ChurnMarket();
  Catalogue catalogue;
  std::vector<PolicyView> views;  ///< of all users; A and B, which exclude each other, in turn
};

inline constexpr std::uint64_t churn_cap = 2;       ///< contacts by call and sms, of a user
inline constexpr std::uint64_t churn_quota = 6;     ///< of policy A
inline constexpr std::uint64_t churn_budget = 40;   ///< of policy B, at 4 an acceptance
inline constexpr std::uint64_t churn_capacity = 9;  ///< calls a day

/// One worker with its own random choices. Its keys are its name and a number.
class Churn {
 public:
  Churn(const ChurnMarket& market, std::string name, unsigned seed)
      : market_(market), name_(std::move(name)), random_(seed) {}

  /// Does something: done, or refused as it may be; anything else is a failure.
  /// Gives the key of what was done, or nothing.
  std::optional<std::string> step(Ledger& ledger);
  const std::string& failure() const noexcept { return failure_; }

 private:
  Result<Receipt> act(Ledger& ledger, const Command& command);
  Result<Receipt> act_on(Ledger& ledger, const Command& command, TaskId task);
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  const ChurnMarket& market_;
  std::string name_;
  std::mt19937 random_;
  std::string failure_;
  int count_ = 0;
};

/// Adds up a ledger's entries anew and fails the test where the ledger's own sums are others, or
/// where anything was settled twice or exceeded.
void expect_sound(Ledger& ledger, const Catalogue& catalogue);

/// Whether the long runs of `make test-all` are wanted: MUSTER_TEST_LONG is set.
bool long_tests();

}  // namespace muster::testing
