#include "cli/entry_text.hpp"

#include <fmt/format.h>

#include "engage/hand_off_text.hpp"
#include "engage/kept_text.hpp"
#include "engage/sheet_text.hpp"

namespace muster::cli {
namespace {

/// What is shared keeps to one line.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string clock_text(Moment at, const Catalogue* catalogue) {
  if (catalogue == nullptr) return to_string(at);
  const LocalTime local = catalogue->time_zone().local(at);
  return fmt::format("{} {:02}:{:02}:{:02}", to_string(local.day), local.second / 3600,
                     local.second / 60 % 60, local.second % 60);
}

std::string channel_text(const std::string& id, const Catalogue* catalogue) {
  const std::size_t at = catalogue != nullptr ? catalogue->find_channel(id) : 0;
  const bool known = catalogue != nullptr && at < catalogue->channels().size();
  return known ? catalogue->channels()[at].name : id;
}

std::string policy_text(const std::string& id, const Catalogue* catalogue) {
  const std::size_t at = catalogue != nullptr ? catalogue->find(id) : 0;
  const bool known = catalogue != nullptr && at < catalogue->policies().size();
  return known ? fmt::format("{} {}", id, catalogue->policies()[at].name) : id;
}

std::string said(std::string_view words) {
  return words.empty() ? "" : fmt::format(", “{}”", words);
}

std::string decision_words(const Event& event) {
  KeptText kept(event.text);
  std::string out =
      fmt::format("{} by catalogue {}", kept.text("decision"), kept.text("catalogue"));
  if (kept.flag("holdout")) out += ", holdout";
  return kept.sound() ? out : event.text;
}

std::string hand_off_words(const Event& event) {
  const auto hand_off = read_hand_off(event.text);
  if (!hand_off) return event.text;
  const WorkOrder& order = hand_off->order;
  std::string out =
      fmt::format("work order {} {}, shop {}", order.id, name(order.state), order.shop);
  if (order.outcome != Outcome::none) out += fmt::format(", {}", name(order.outcome));
  return out + said(order.id == event.sequence ? hand_off->note : order.text);
}

/// What the last step added.
std::string sheet_words(const Event& event) {
  const auto sheet = read_sheet(event.text);
  if (!sheet) return event.text;
  std::string out = fmt::format("{} {}, shop {}, installer {}", sheet->order, name(sheet->state),
                                sheet->shop, sheet->installer);
  switch (sheet->state) {
    case SheetState::filled:
      return out + said(sheet->knowledge) + said(sheet->suggestion);
    case SheetState::answered:
      return out + said(sheet->answer);
    case SheetState::closed:
    case SheetState::cancelled:
      return out + said(sheet->feedback);
    case SheetState::created:
    case SheetState::read:
      break;
  }
  return out;
}

std::string token_words(const Event& event, const Catalogue* catalogue) {
  KeptText kept(event.text);
  const bool used = kept.flag("used");
  const Moment expires = kept.moment("expires");
  if (!kept.sound()) return event.text;
  return used ? "link used" : fmt::format("link, good until {}", clock_text(expires, catalogue));
}

/// What the ledger's own writers keep as JSON, in words; anybody else's text as it is.
std::string words_of(const Event& event, const Catalogue* catalogue) {
  switch (event.kind) {
    case EventKind::decision:
      return decision_words(event);
    case EventKind::hand_off:
      return hand_off_words(event);
    case EventKind::sheet:
      return sheet_words(event);
    case EventKind::token:
      return token_words(event, catalogue);
    default:
      return event.text;
  }
}

}  // namespace

std::string line_of(const Event& event, const Catalogue* catalogue) {
  std::string out = fmt::format("{}  {}", clock_text(event.at, catalogue), name(event.kind));
  const auto add = [&](std::string_view part) {
    if (!part.empty()) out += fmt::format("  {}", part);
  };
  add(channel_text(event.channel, catalogue));
  add(policy_text(event.policy, catalogue));
  if (event.task != 0) add(fmt::format("task {}", event.task));
  if (event.state) add(name(*event.state));
  const bool says_more = !event.state || name(*event.state) != name(event.outcome);
  if (event.outcome != Outcome::none && says_more) add(name(event.outcome));
  if (event.field != SharedField::none) add(fmt::format("{}:", name(event.field)));
  add(words_of(event, catalogue));
  return one_line(std::move(out)) + '\n';
}

}  // namespace muster::cli
