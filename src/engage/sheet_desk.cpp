#include "muster/engage/sheet_desk.hpp"

#include <fmt/format.h>

#include "core/unknown_name.hpp"
#include "engage/command_check.hpp"
#include "engage/ledger_access.hpp"
#include "engage/paper_table.hpp"
#include "engage/sheet_text.hpp"
#include "muster/engage/hand_off.hpp"

namespace muster {
namespace {

Error unknown_shop(std::string_view shop, const ShopDirectory& shops) {
  return {Errc::unknown_shop,
          unknown_name("the directory has no shop", shop, shops.shops(),
                       [](const Shop& one) -> std::string_view { return one.id; }),
          {}};
}

Error unknown_sheet(std::uint64_t sheet) {
  return {Errc::unknown_sheet, fmt::format("the ledger has no sheet {}", sheet), {}};
}

// Of who is to act next; nobody once it is closed.
std::string desk_of(const Sheet& sheet) {
  for (const SheetMove& move : sheet_moves) {
    if (move.from != sheet.state || move.by == SheetRole::office) continue;
    if (move.to == sheet.state) continue;  // a change is not what is waited for
    return move.by == SheetRole::shop ? shop_desk(sheet.shop) : installer_desk(sheet.installer);
  }
  return {};
}

void keep(LedgerWriter& writer, Store& store, const Sheet& sheet) {
  Paper paper;
  paper.kind = PaperKind::sheet;
  paper.id = sheet.id;
  paper.owner = desk_of(sheet);
  paper.body = to_text(sheet);
  PaperTable(store).put(paper);
  Event event;
  event.kind = EventKind::sheet;
  event.user = sheet.user;
  event.text = paper.body;
  if (!paper.owner.empty()) writer.tables().push(paper.owner, writer.next_sequence());
  writer.append(std::move(event));
}

}  // namespace

std::string installer_desk(std::string_view installer) {
  return std::string(installer_desk_prefix) += installer;
}

SheetDesk::SheetDesk(Ledger& ledger) : ledger_(&ledger) {}
SheetDesk::SheetDesk(Ledger& ledger, ShopDirectory shops)
    : ledger_(&ledger), shops_(std::move(shops)) {}

Result<Sheet> SheetDesk::create(const Command& command, const SheetRequest& request) {
  const Result<void> good = CommandCheck(command)
                                .id("an installation order", request.order)
                                .id("a user", request.user)
                                .id("a shop", request.shop)
                                .id("an installer", request.installer)
                                .result();
  if (!good) return good.error();
  ContentHash content("create a sheet");
  content.add(request.order).add(request.user).add(request.shop).add(request.installer);
  auto& body = LedgerAccess::body(*ledger_);
  const auto receipt =
      body.write(command, content.value(), [&](LedgerWriter& writer) -> Result<void> {
        if (shops_ && shops_->find(request.shop) == shops_->shops().size()) {
          return unknown_shop(request.shop, *shops_);
        }
        Sheet sheet;
        sheet.id = writer.next_sequence();
        sheet.order = request.order;
        sheet.user = request.user;
        sheet.shop = request.shop;
        sheet.installer = request.installer;
        sheet.changed = writer.now();
        keep(writer, *body.store, sheet);
        return {};
      });
  return receipt ? answer(receipt->sequence) : receipt.error();
}

Result<Sheet> SheetDesk::step(const Command& command, std::uint64_t sheet,
                              const SheetEntry& entry) {
  const Result<void> good = CommandCheck(command).text(entry.text).text(entry.suggestion).result();
  if (!good) return good.error();
  ContentHash content("sheet");
  content.add(sheet).add(static_cast<std::uint64_t>(entry.step));
  content.add(static_cast<std::uint64_t>(entry.by)).add(entry.text).add(entry.suggestion);
  auto& body = LedgerAccess::body(*ledger_);
  const auto receipt =
      body.write(command, content.value(), [&](LedgerWriter& writer) -> Result<void> {
        const auto paper = PaperTable(*body.store).find(PaperKind::sheet, sheet);
        if (!paper) return unknown_sheet(sheet);
        auto before = read_sheet(paper->body);
        if (!before) return before.error();
        const auto after = take_step(std::move(*before), entry, writer.now());
        if (!after) return after.error();
        keep(writer, *body.store, *after);
        return {};
      });
  return receipt ? answer(receipt->sequence) : receipt.error();
}

Result<Sheet> SheetDesk::answer(std::uint64_t sequence) {
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&]() -> Result<Sheet> {
    const std::vector<Event> entries = body.tables.events_after(sequence - 1, 1);
    return read_sheet(entries.empty() ? std::string_view() : entries.front().text);
  });
}

Result<Sheet> SheetDesk::find(std::uint64_t sheet) {
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&]() -> Result<Sheet> {
    const auto paper = PaperTable(*body.store).find(PaperKind::sheet, sheet);
    return paper ? read_sheet(paper->body) : unknown_sheet(sheet);
  });
}

Result<std::vector<Sheet>> SheetDesk::sheets_on(std::string_view desk) {
  const Result<void> good = CommandCheck().wanted("a desk", desk).result();
  if (!good) return good.error();
  auto& body = LedgerAccess::body(*ledger_);
  return body.guarded([&]() -> Result<std::vector<Sheet>> {
    std::vector<Sheet> sheets;
    for (const Paper& paper : PaperTable(*body.store).of_owner(PaperKind::sheet, desk)) {
      auto sheet = read_sheet(paper.body);
      if (!sheet) return sheet.error();
      sheets.push_back(std::move(*sheet));
    }
    return sheets;
  });
}

}  // namespace muster
