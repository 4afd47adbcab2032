#include "engage/sheet_text.hpp"

#include "core/json_builder.hpp"
#include "engage/kept_text.hpp"

namespace muster {

std::string to_text(const Sheet& sheet) {
  JsonBuilder json;
  json.object([&] {
    json.whole("sheet", sheet.id);
    json.text("order", sheet.order);
    json.text("user", sheet.user);
    json.text("shop", sheet.shop);
    json.text("installer", sheet.installer);
    json.whole("state", static_cast<std::uint64_t>(sheet.state));
    json.text("knowledge", sheet.knowledge);
    json.text("suggestion", sheet.suggestion);
    json.text("answer", sheet.answer);
    json.text("feedback", sheet.feedback);
    json.text("changed", kept_moment(sheet.changed));
  });
  return std::move(json).take();
}

Result<Sheet> read_sheet(std::string_view text) {
  KeptText kept(text);
  Sheet sheet;
  sheet.id = kept.whole("sheet");
  sheet.order = kept.text("order");
  sheet.user = kept.text("user");
  sheet.shop = kept.text("shop");
  sheet.installer = kept.text("installer");
  sheet.state = kept.number_of<SheetState>("state", sheet_states);
  sheet.knowledge = kept.text("knowledge");
  sheet.suggestion = kept.text("suggestion");
  sheet.answer = kept.text("answer");
  sheet.feedback = kept.text("feedback");
  sheet.changed = kept.moment("changed");
  if (kept.sound()) return sheet;
  return Error{Errc::corrupt, "the ledger holds a sheet that can not be read", {}};
}

}  // namespace muster
