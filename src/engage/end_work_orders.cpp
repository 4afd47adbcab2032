#include "engage/end_work_orders.hpp"

#include "engage/hand_off_text.hpp"
#include "engage/hand_off_writer.hpp"
#include "engage/paper_table.hpp"

namespace muster {
namespace {

/// Whether a task has an open work order of this id.
bool has_order(PaperTable papers, const KeptTask& task, std::uint64_t id) {
  const auto paper = papers.find(PaperKind::work_order, id);
  if (!paper) return false;
  const auto its = read_hand_off(paper->body);
  return its && its->order.task == task.id && is_open(its->order.state);
}

/// The open work order of a task; nothing where there is none, as when it went through a link.
/// Entries of this kind may be anybody's: those that tell of no such order are passed over.
std::optional<std::uint64_t> order_of(LedgerWriter& writer, Store& store, const KeptTask& task) {
  for (const std::string& text : writer.tables().hand_offs_of(task.user, task.id)) {
    const auto told = read_hand_off(text);
    if (told && has_order(PaperTable(store), task, told->order.id)) return told->order.id;
  }
  return std::nullopt;
}

}  // namespace

Result<void> end_work_orders(LedgerWriter& writer, Store& store) {
  for (const KeptTask& task : writer.back()) {
    const auto order = order_of(writer, store, task);
    if (!order) continue;
    if (auto ended = HandOffWriter(writer, store, nullptr, nullptr).tick(*order); !ended) {
      return ended;
    }
  }
  return {};
}

}  // namespace muster
