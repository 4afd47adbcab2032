#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view validity_keys[] = {"from", "until", "time_zone"};

/// The moment at that key; of a date the day's beginning, `days_later`.
std::optional<Moment> read_moment(const JsonObject& object, std::string_view key,
                                  const TimeZone& zone, int days_later, CatalogueContext& context) {
  const auto node = object.find(key);
  const auto written = node ? read_string(*node, in_quotes(key), context.findings) : std::nullopt;
  if (!written) return std::nullopt;
  if (const auto date = parse_date(*written)) return zone.begin_of({date->days + days_later});
  if (const auto moment = parse_moment(*written)) return moment;
  context.note(Errc::bad_date, node->range(),
               fmt::format("{} must be a date (2026-11-01) or a moment "
                           "(2026-11-01T00:00:00+08:00), not {}",
                           in_quotes(key), in_quotes(*written)));
  return std::nullopt;
}

}  // namespace

Validity read_validity(JsonNode node, CatalogueContext& context) {
  Validity valid;
  const JsonObject object(node, "'valid'", validity_keys, context.findings);
  if (!object) return valid;
  TimeZone zone = context.text.time_zone;
  if (const auto place = object.find("time_zone")) {
    zone = context.zone(*place, "'time_zone'").value_or(zone);
  }
  valid.from = read_moment(object, "from", zone, 0, context).value_or(valid.from);
  valid.until = read_moment(object, "until", zone, 1, context).value_or(valid.until);
  if (valid.from >= valid.until) {
    context.note(Errc::bad_setting, node.range(), "the validity ends before it begins");
  }
  return valid;
}

}  // namespace muster
