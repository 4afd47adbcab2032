#include "muster/engage/sheet.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "core/utf8.hpp"
#include "core/word_list.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, sheet_states> sheet_state_names{
    "created", "filled", "read", "answered", "closed", "cancelled"};
constexpr std::array<std::string_view, sheet_steps> sheet_step_names{"fill", "read", "answer",
                                                                     "close", "cancel"};
constexpr std::array<std::string_view, sheet_steps> sheet_step_done{"filled", "read", "answered",
                                                                    "closed", "cancelled"};
constexpr std::array<std::string_view, sheet_roles> sheet_role_names{"shop", "installer", "office"};

std::string_view done(SheetStep step) { return sheet_step_done[static_cast<std::size_t>(step)]; }

std::string steps_from(SheetState state) {
  std::vector<std::string_view> steps;
  for (const SheetMove& move : sheet_moves) {
    if (move.from == state) steps.push_back(done(move.step));
  }
  return steps.empty() ? "it stays so" : "it can be " + one_of(steps);
}

Error not_from_here(const Sheet& sheet, SheetStep step) {
  return {Errc::illegal_step,
          fmt::format("sheet {} is {} and can not be {}; {}", sheet.id, name(sheet.state),
                      done(step), steps_from(sheet.state)),
          {}};
}

Error not_by_them(const Sheet& sheet, const SheetMove& move, SheetRole by) {
  return {Errc::illegal_step,
          fmt::format("sheet {} is to be {} by the {}, not by the {}", sheet.id, done(move.step),
                      name(move.by), name(by)),
          {}};
}

Error wrong_text(std::string message) { return {Errc::invalid_argument, std::move(message), {}}; }

Result<void> check_text(SheetStep step, std::string_view text) {
  if (text.size() > max_sheet_text_bytes) {
    return Error{Errc::limit,
                 fmt::format("a text of {} bytes is more than max_sheet_text_bytes ({})",
                             text.size(), max_sheet_text_bytes),
                 {}};
  }
  if (find_invalid_utf8(text) != text.size()) return wrong_text("a sheet's texts must be UTF-8");
  if (step == SheetStep::read ? text.empty() : !text.empty()) return {};
  return wrong_text(step == SheetStep::read
                        ? "reading a sheet leaves no text"
                        : fmt::format("to {} a sheet takes a text", name(step)));
}

Result<void> check_entry(const SheetEntry& entry) {
  if (auto checked = check_text(entry.step, entry.text); !checked) return checked;
  if (entry.suggestion.empty()) return {};
  if (entry.step != SheetStep::fill) return wrong_text("only who fills a sheet may suggest");
  return check_text(entry.step, entry.suggestion);
}

void write(Sheet& sheet, const SheetEntry& entry) {
  switch (entry.step) {
    case SheetStep::fill:
      sheet.knowledge = entry.text;
      sheet.suggestion = entry.suggestion;
      return;
    case SheetStep::answer:
      sheet.answer = entry.text;
      return;
    case SheetStep::close:
    case SheetStep::cancel:
      sheet.feedback = entry.text;
      return;
    case SheetStep::read:
      return;
  }
}

}  // namespace

std::string_view name(SheetState state) noexcept {
  return sheet_state_names[static_cast<std::size_t>(state)];
}
std::string_view name(SheetStep step) noexcept {
  return sheet_step_names[static_cast<std::size_t>(step)];
}
std::string_view name(SheetRole role) noexcept {
  return sheet_role_names[static_cast<std::size_t>(role)];
}

Result<Sheet> take_step(Sheet sheet, const SheetEntry& entry, Moment now) {
  const auto move = find_sheet_move(sheet.state, entry.step);
  if (!move) return not_from_here(sheet, entry.step);
  if (move->by != entry.by) return not_by_them(sheet, *move, entry.by);
  if (auto checked = check_entry(entry); !checked) return checked.error();
  write(sheet, entry);
  sheet.state = move->to;
  sheet.changed = now;
  return sheet;
}

}  // namespace muster
