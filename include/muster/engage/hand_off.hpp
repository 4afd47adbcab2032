#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/engage/ledger.hpp"
#include "muster/engage/shops.hpp"
#include "muster/engage/work_order.hpp"

namespace muster {

struct HandOffRequest {
  TaskId task = 0;             ///< contacted or interested
  ShopWish wish = {};          ///< which shop
  WorkOrderTerms terms = {};   ///< finished when the task is due, at the latest
  std::string_view note = {};  ///< for the shop; UTF-8, max_work_order_text_bytes at most
};

/// A task at a shop, as the ledger has it.
struct HandOff {
  WorkOrder order;
  ShopWish wish;
  std::string note;
  TaskState before = TaskState::contacted;  ///< the task's, to which it comes back
  std::optional<Date> day;                  ///< of the shop's capacity that the order takes
  friend bool operator==(const HandOff&, const HandOff&) = default;
};

struct ShopReport {
  std::string_view shop = {};
  Outcome outcome = Outcome::none;  ///< none: the customer is interested still
  std::string_view text = {};
};

/// Where the ledger's outbox holds what a shop is to be told: "shop:" and its id. No channel of a
/// catalogue has such an id.
MUSTER_EXPORT std::string shop_desk(std::string_view shop);

/// Hands tasks off to shops and takes their results, as commands on a ledger: each in one
/// transaction, under an idempotency key; the same key with the same content gets the same answer
/// again. What a shop is told (work, reminders, that it is called off) comes through the outbox of
/// its desk, what the sender is told (the result, or that there is none) through that of the task's
/// channel: entries of kind hand_off, whose text holds the hand-off as JSON.
///
/// A task that ends or goes on elsewhere (settled, expired, withdrawn) calls its work order off in
/// the same transaction: the shop's place is free at once.
///
/// Besides what they say, all fail as Ledger's commands do, with corrupt (what the ledger holds is
/// not a work order), and those about one order with unknown_work_order, illegal_step, and where
/// its task was closed meanwhile. Safe from any number of threads; uses the ledger as long as it
/// lives.
class MUSTER_EXPORT HandOffDesk {
 public:
  HandOffDesk(Ledger& ledger, ShopDirectory shops);

  /// Moves a task to the best shop for it; the order's id is that of this entry. Fails with
  /// unknown_task, illegal_move, bad_setting (terms), and no_shop.
  Result<HandOff> hand_off(const Command& command, const HandOffRequest& request);
  /// The shop takes it up.
  Result<HandOff> accept(const Command& command, std::uint64_t order, std::string_view shop);
  /// The shop does not; the next best one is asked, or the sender has it back.
  Result<HandOff> refuse(const Command& command, std::uint64_t order, std::string_view shop,
                         std::string_view text);
  /// The shop's result, recorded as Ledger::contact and, where accepted, Ledger::settle do. Fails
  /// as they do, too.
  Result<HandOff> report(const Command& command, const Catalogue& catalogue, std::uint64_t order,
                         const ShopReport& report);
  /// The sender takes the task back.
  Result<HandOff> cancel(const Command& command, std::uint64_t order);

  /// Does what the clock says of up to `most` orders that are due, and gives them as they are then:
  /// shops are reminded, orders go on to the next best shop or back to the sender. Writes nothing
  /// where nothing is due. Fails with limit (max_run).
  Result<std::vector<HandOff>> sweep(const Command& command, std::size_t most);

  Result<HandOff> find(std::uint64_t order);
  /// Orders that a shop is to take up or is at, oldest first.
  Result<std::vector<HandOff>> orders_of(std::string_view shop);

 private:
  Result<HandOff> step(const Command& command, std::uint64_t order, const WorkOrderEvent& event,
                       const Catalogue* catalogue);
  Result<HandOff> answer(std::uint64_t sequence);

  Ledger* ledger_;
  ShopDirectory shops_;
};

}  // namespace muster
