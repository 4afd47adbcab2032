#include "engage/end_work_orders.hpp"

#include "engage/hand_off_text.hpp"
#include "engage/hand_off_writer.hpp"

namespace muster {
namespace {

/// The work order of a task's last hand-off; nothing where it went without one, as through a link.
std::optional<std::uint64_t> order_of(LedgerWriter& writer, const KeptTask& task) {
  const auto text = writer.tables().last_hand_off(task.user, task.id);
  const auto hand_off = text ? read_hand_off(*text) : read_hand_off({});
  return hand_off ? std::optional(hand_off->order.id) : std::nullopt;
}

}  // namespace

Result<void> end_work_orders(LedgerWriter& writer, Store& store) {
  for (const KeptTask& task : writer.back()) {
    const auto order = order_of(writer, task);
    if (!order) continue;
    if (auto ended = HandOffWriter(writer, store, nullptr, nullptr).tick(*order); !ended) {
      return ended;
    }
  }
  return {};
}

}  // namespace muster
