#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view hours_keys[] = {"days", "from", "until"};
constexpr std::string_view day_words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int32_t whole_day = 86'400;

/// Seconds since midnight of "HH:MM", 24:00 included.
std::optional<std::int32_t> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return (hour * 60 + minute) * 60;
}

std::int32_t clock_or(const JsonObject& object, std::string_view key, std::int32_t fallback,
                      CatalogueContext& context) {
  const auto node = object.find(key);
  const auto written = node ? read_string(*node, in_quotes(key), context.findings) : std::nullopt;
  if (!written) return fallback;
  if (const auto time = parse_clock(*written)) return *time;
  context.note(Errc::bad_setting, node->range(),
               fmt::format("{} must be a time from 00:00 to 24:00, not {}", in_quotes(key),
                           in_quotes(*written)));
  return fallback;
}

std::optional<Hours> read_some_hours(JsonNode node, CatalogueContext& context) {
  JsonObject object(node, "an entry of 'hours'", hours_keys, context.findings);
  if (!object) return std::nullopt;
  Hours hours;
  if (const auto days = object.find("days")) {
    hours.days = read_mask(*days, "'days'", "a day", day_words, context);
  }
  const std::size_t before = context.findings.size();
  hours.from = clock_or(object, "from", 0, context) % whole_day;
  hours.until = clock_or(object, "until", whole_day, context);
  if (hours.until == 0) hours.until = whole_day;
  if (hours.from == hours.until && context.findings.size() == before) {
    context.note(Errc::bad_setting, node.range(),
                 "the hours end when they begin; whole days go without 'from' and 'until'");
  }
  return hours;
}

}  // namespace

std::vector<Hours> read_hours(JsonNode node, CatalogueContext& context) {
  std::vector<Hours> hours;
  if (!expect_entries(node, "'hours'", context.findings)) return hours;
  for (const JsonNode entry : node.elements()) {
    if (const auto some = read_some_hours(entry, context)) hours.push_back(*some);
  }
  return hours;
}

}  // namespace muster
