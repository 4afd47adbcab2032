#include "muster/engage/hand_off.hpp"

#include <fmt/format.h>

#include <bit>

#include "engage/command_check.hpp"
#include "engage/hand_off_text.hpp"
#include "engage/hand_off_writer.hpp"
#include "engage/ledger_access.hpp"

namespace muster {
namespace {

std::uint64_t content_of(const HandOffRequest& request) {
  ContentHash hash("hand off");
  hash.add(request.task).add(request.wish.place ? 1 : 0);
  const GeoPoint place = request.wish.place.value_or(GeoPoint());
  hash.add(std::bit_cast<std::uint64_t>(place.longitude));
  hash.add(std::bit_cast<std::uint64_t>(place.latitude));
  hash.add(request.wish.installer).add(request.wish.order_source).add(request.wish.area);
  const WorkOrderTerms& terms = request.terms;
  for (const std::int64_t term : {terms.accept_within, terms.finish_within, terms.remind_before,
                                  std::int64_t{terms.offers}}) {
    hash.add(static_cast<std::uint64_t>(term));
  }
  return hash.add(request.note).value();
}

std::uint64_t content_of(std::uint64_t order, const WorkOrderEvent& event) {
  ContentHash hash("work order");
  hash.add(order).add(static_cast<std::uint64_t>(event.step)).add(event.shop);
  return hash.add(static_cast<std::uint64_t>(event.outcome)).add(event.text).value();
}

Result<void> check_request(const Command& command, const HandOffRequest& request) {
  const Result<void> texts = CommandCheck(command)
                                 .id("an installer", request.wish.installer, true)
                                 .id("an order source", request.wish.order_source, true)
                                 .id("an area", request.wish.area, true)
                                 .text(request.note)
                                 .result();
  if (!texts) return texts;
  if (const auto& place = request.wish.place; place && !place->on_globe()) {
    return Error{Errc::invalid_argument,
                 fmt::format("a place has a longitude of -180 to 180 and a latitude of -90 to 90, "
                             "not {} and {}",
                             place->longitude, place->latitude),
                 {}};
  }
  if (request.note.size() <= max_work_order_text_bytes) return {};
  return Error{Errc::limit, "the note is longer than max_work_order_text_bytes", {}};
}

// What is kept in a ledger's entries or papers, read back.
template <class Kept>
Result<std::vector<HandOff>> read_all(const std::vector<Kept>& all, std::string Kept::*text) {
  std::vector<HandOff> hand_offs;
  for (const Kept& kept : all) {
    auto hand_off = read_hand_off(kept.*text);
    if (!hand_off) return hand_off.error();
    hand_offs.push_back(std::move(*hand_off));
  }
  return hand_offs;
}

// The hand-offs that a command's entries tell of, `most` of its entries being looked at.
Result<std::vector<HandOff>> told_by(LedgerTables& tables, std::uint64_t command,
                                     std::size_t most) {
  std::vector<Event> entries = tables.events_after(command - 1, most);
  std::erase_if(entries, [&](const Event& entry) {
    return entry.cause != command || entry.kind != EventKind::hand_off;
  });
  return read_all(entries, &Event::text);
}

// What nobody can read must not keep all others waiting: it is said, and due no more.
void set_aside(LedgerWriter& writer, Store& store, Paper paper) {
  Event event;
  event.text = fmt::format("work order {} can not be read; it is set aside", paper.id);
  writer.append(std::move(event));
  paper.due.reset();
  PaperTable(store).put(paper);
}

// Does what the clock says, under an entry of its own: an order may turn out to need nothing.
Result<void> sweep_orders(LedgerWriter& writer, Store& store, const ShopDirectory& shops,
                          std::size_t most) {
  Event head;
  head.kind = EventKind::expiry;
  writer.append(std::move(head));
  for (const Paper& paper : PaperTable(store).due(PaperKind::work_order, writer.now(), most)) {
    HandOffWriter hand_off(writer, store, &shops, nullptr);
    const auto done = hand_off.tick(paper.id);
    if (!done && done.error().code != Errc::corrupt) return done;
    if (!done) set_aside(writer, store, paper);
  }
  return {};
}

}  // namespace

std::string shop_desk(std::string_view shop) { return std::string(shop_desk_prefix) += shop; }

HandOffDesk::HandOffDesk(Ledger& ledger, ShopDirectory shops)
    : ledger_(&ledger), shops_(std::move(shops)) {}

Result<HandOff> HandOffDesk::hand_off(const Command& command, const HandOffRequest& request) {
  if (auto good = check_request(command, request); !good) return good.error();
  auto& body = LedgerAccess::body(*ledger_);
  const auto receipt = body.write(command, content_of(request), [&](LedgerWriter& writer) {
    return HandOffWriter(writer, *body.store, &shops_, nullptr).begin(request);
  });
  return receipt ? answer(receipt->sequence) : receipt.error();
}

Result<HandOff> HandOffDesk::step(const Command& command, std::uint64_t order,
                                  const WorkOrderEvent& event, const Catalogue* catalogue) {
  const Result<void> good = CommandCheck(command)
                                .id("a shop", event.shop, true)
                                .one_of("an outcome", event.outcome, outcomes)
                                .text(event.text)
                                .result();
  if (!good) return good.error();
  auto& body = LedgerAccess::body(*ledger_);
  const auto receipt = body.write(command, content_of(order, event), [&](LedgerWriter& writer) {
    return HandOffWriter(writer, *body.store, &shops_, catalogue).step(order, event);
  });
  return receipt ? answer(receipt->sequence) : receipt.error();
}

Result<HandOff> HandOffDesk::answer(std::uint64_t sequence) {
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&]() -> Result<HandOff> {
    auto told = told_by(body.tables, sequence, 1);
    if (!told) return told.error();
    return told->empty() ? read_hand_off({}) : std::move(told->front());
  });
}

Result<HandOff> HandOffDesk::accept(const Command& command, std::uint64_t order,
                                    std::string_view shop) {
  return step(command, order, {WorkOrderStep::accept, std::string(shop), {}, {}, {}}, nullptr);
}

Result<HandOff> HandOffDesk::refuse(const Command& command, std::uint64_t order,
                                    std::string_view shop, std::string_view text) {
  return step(command, order, {WorkOrderStep::refuse, std::string(shop), {}, {}, std::string(text)},
              nullptr);
}

Result<HandOff> HandOffDesk::report(const Command& command, const Catalogue& catalogue,
                                    std::uint64_t order, const ShopReport& report) {
  return step(command, order,
              {WorkOrderStep::report,
               std::string(report.shop),
               {},
               report.outcome,
               std::string(report.text)},
              &catalogue);
}

Result<HandOff> HandOffDesk::cancel(const Command& command, std::uint64_t order) {
  return step(command, order, {WorkOrderStep::cancel, {}, {}, {}, {}}, nullptr);
}

Result<std::vector<HandOff>> HandOffDesk::sweep(const Command& command, std::size_t most) {
  if (auto good = CommandCheck(command).run(most).result(); !good) return good.error();
  auto& body = LedgerAccess::body(*ledger_);
  const auto idle = body.guarded([&]() -> Result<bool> {
    return !body.tables.find_command(command.key) &&
           PaperTable(*body.store).due(PaperKind::work_order, command.now, 1).empty();
  });
  if (!idle) return idle.error();
  if (*idle || most == 0) return std::vector<HandOff>();
  const std::uint64_t content = ContentHash("sweep work orders").add(most).value();
  const auto receipt = body.write(command, content, [&](LedgerWriter& writer) {
    return sweep_orders(writer, *body.store, shops_, most);
  });
  if (!receipt) return receipt.error();
  return body.guarded([&] { return told_by(body.tables, receipt->sequence, most + 1); });
}

Result<HandOff> HandOffDesk::find(std::uint64_t order) {
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&]() -> Result<HandOff> {
    const auto paper = PaperTable(*body.store).find(PaperKind::work_order, order);
    return paper ? read_hand_off(paper->body) : unknown_work_order(order);
  });
}

Result<std::vector<HandOff>> HandOffDesk::orders_of(std::string_view shop) {
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&] {
    return read_all(PaperTable(*body.store).of_owner(PaperKind::work_order, shop), &Paper::body);
  });
}

}  // namespace muster
