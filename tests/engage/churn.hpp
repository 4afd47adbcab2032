#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "market.hpp"
#include "muster/engage/hand_off.hpp"

namespace muster::testing {

/// What several channels do to the same users, again and again: a catalogue with an exclusion
/// group, a quota, a budget, a cap and a daily capacity that all run out, and two shops that are
/// full soon.
struct ChurnMarket {
  /// Every user is good for some twenty steps; then all is settled, and nothing happens any more.
  explicit ChurnMarket(std::size_t users);
  Catalogue catalogue;
  ShopDirectory shops;
  std::vector<PolicyView> views;  ///< of all users; A and B, which exclude each other, in turn
};
inline constexpr std::size_t churn_steps_of_a_user = 20;
inline constexpr std::uint64_t churn_cap = 2;  ///< contacts by call and sms, of a user

/// Something that a worker does, as it may be sent again.
struct ChurnStep {
  enum class Kind : std::uint8_t { plan, dispatch, expire, withdraw, hand_off, contact, settle };
  Kind kind = Kind::plan;
  std::size_t view = 0;
  bool sms = false;  ///< dispatch: not by call
  TaskId task = 0;
  Outcome outcome = Outcome::none;
  bool interested = false;  ///< hand_off: to a shop, otherwise to another channel
  std::int64_t at = 0;      ///< seconds after noon
  std::string key;

  /// One line.
  std::string text() const;
  static ChurnStep read(const std::string& line);
  Result<Receipt> send(Ledger& ledger, const ChurnMarket& market) const;
};

/// One worker with its own random choices. Its keys are its name and a number.
class Churn {
 public:
  Churn(const ChurnMarket& market, std::string name, unsigned seed)
      : market_(market), name_(std::move(name)), random_(seed) {}

  /// What comes next. Another worker may close its task before it is sent.
  ChurnStep choose(Ledger& ledger);
  /// Does it, or is refused as it may be; anything else is a failure. Gives whether it was done.
  bool send(Ledger& ledger, const ChurnStep& step);
  const std::string& failure() const noexcept { return failure_; }

 private:
  void choose_of_task(ChurnStep& step);
  /// Where one of the tasks may be handed off: of those that are chosen at random, few may.
  void prefer_hand_off(const std::vector<Task>& open, ChurnStep& step);
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  const ChurnMarket& market_;
  std::string name_;
  std::mt19937 random_;
  std::string failure_;
  int count_ = 0;
};

/// Of the commands that make up the last quarter of a ledger, the share that changed a task: where
/// it is small, nothing happens any more.
double share_of_changes_at_the_end(Ledger& ledger);

/// Adds up a ledger's entries anew and fails the test where the ledger's own sums are others, or
/// where anything was settled twice or exceeded.
void expect_sound(Ledger& ledger, const ChurnMarket& market);

/// Whether the long runs of `make test-all` are wanted: MUSTER_TEST_LONG is set.
bool long_tests();

}  // namespace muster::testing
