#include "engage/end_work_orders.hpp"

#include "engage/hand_off_text.hpp"
#include "engage/hand_off_writer.hpp"

namespace muster {
namespace {

/// The last work order of a task; nothing where there was none, as when it went through a link.
/// Entries of this kind may be anybody's: those that tell of no order are passed over.
std::optional<std::uint64_t> order_of(LedgerWriter& writer, const KeptTask& task) {
  for (const std::string& text : writer.tables().hand_offs_of(task.user, task.id)) {
    const auto hand_off = read_hand_off(text);
    if (hand_off && hand_off->order.task == task.id) return hand_off->order.id;
  }
  return std::nullopt;
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
