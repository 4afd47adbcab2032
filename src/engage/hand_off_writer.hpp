#pragma once

#include <string_view>
#include <vector>

#include "engage/ledger_writer.hpp"
#include "engage/paper_table.hpp"
#include "muster/engage/hand_off.hpp"

namespace muster {

/// One hand-off on its way through a transaction.
class HandOffWriter {
 public:
  /// `shops`: where a shop may have to be found; `catalogue`: for reports; null otherwise.
  HandOffWriter(LedgerWriter& writer, Store& store, const ShopDirectory* shops,
                const Catalogue* catalogue)
      : writer_(writer), papers_(store), shops_(shops), catalogue_(catalogue) {}

  Result<void> begin(const HandOffRequest& request);
  Result<void> step(std::uint64_t order, const WorkOrderEvent& event);
  /// What the clock says of an order, or what the end of its task does; nothing if nothing. Where
  /// the task is no longer handed off, no shop has to be found.
  Result<void> tick(std::uint64_t order);

 private:
  Result<void> load(std::uint64_t order);
  bool ended_with_task() const;
  Result<WorkOrderEffect> follow(const WorkOrderEvent& event);
  std::optional<ShopChoice> next_shop();
  void take_capacity(const ShopChoice& choice);
  void release_capacity(std::string_view shop);
  Result<void> write(WorkOrderEffect effect, bool take_back);
  void keep();

  LedgerWriter& writer_;
  PaperTable papers_;
  const ShopDirectory* shops_;
  const Catalogue* catalogue_;
  HandOff its_;
  KeptTask task_;
};

Error unknown_work_order(std::uint64_t order);

}  // namespace muster
