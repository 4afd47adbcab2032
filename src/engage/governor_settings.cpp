#include "engage/governor_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/text_hash.hpp"

namespace muster {
namespace {

/// Notes the first setting that is out of its range; `of` names whose it is.
class RangeCheck {
 public:
  explicit RangeCheck(std::string of = {}) : of_(std::move(of)) {}

  void number(std::string_view setting, double value, double least, double most) {
    if (value >= least && value <= most) return;  // not of a NaN
    note("{}{} must be from {} to {}, not {}", of_, setting, least, most, value);
  }
  void seconds(std::string_view setting, std::chrono::nanoseconds value,
               std::chrono::nanoseconds least) {
    if (value >= least && value <= max_call_span) return;
    note("{}{} must be from {} to {} ns, not {}", of_, setting, least.count(),
         max_call_span.count(), value.count());
  }
  void rate(std::string_view setting, const CallRate& rate) {
    number(fmt::format("{}.per_second", setting), rate.per_second, min_call_rate, max_call_rate);
    number(fmt::format("{}.burst", setting), rate.burst, 1, max_call_burst);
  }
  template <class... Parts>
  void note(fmt::format_string<Parts...> format, Parts&&... parts) {
    if (message_.empty()) message_ = fmt::format(format, std::forward<Parts>(parts)...);
  }

  Result<void> result() && {
    if (message_.empty()) return {};
    return Error{Errc::bad_setting, std::move(message_), {}};
  }

 private:
  std::string of_;
  std::string message_;
};

Result<void> check_breaker(const BreakerSettings& breaker) {
  RangeCheck check("breaker.");
  check.number("window", breaker.window, 1, max_breaker_window);
  check.number("failures", breaker.failures, 1, breaker.window);
  check.number("probes", breaker.probes, 1, max_calls_at_once);
  check.seconds("open_for", breaker.open_for, std::chrono::nanoseconds{1});
  check.seconds("open_at_most", breaker.open_at_most, breaker.open_for);
  return std::move(check).result();
}

Result<void> check_channel(const GovernedChannel& channel) {
  RangeCheck check(fmt::format("channel {}: ", in_quotes(channel.id)));
  if (channel.id.empty()) check.note("a channel's id is empty");
  check.number("weight", channel.weight, min_call_weight, max_call_weight);
  if (channel.rate) check.rate("rate", *channel.rate);
  check.number("calls_at_once", channel.calls_at_once, 0, max_calls_at_once);
  check.number("calls_waiting", channel.calls_waiting, 1, max_calls_waiting);
  return std::move(check).result();
}

Result<void> check_channels(const std::vector<GovernedChannel>& channels) {
  NameSet ids;
  for (const GovernedChannel& channel : channels) {
    if (auto checked = check_channel(channel); !checked) return checked;
    if (!ids.insert(channel.id).second) {
      return Error{Errc::duplicate_name,
                   fmt::format("two channels have the id {}", in_quotes(channel.id)),
                   {}};
    }
  }
  return {};
}

}  // namespace

Result<void> check_settings(const GovernorSettings& settings) {
  RangeCheck check;
  check.rate("rate", settings.rate);
  check.number("calls_at_once", settings.calls_at_once, 1, max_calls_at_once);
  check.number("kept_for_inbound", settings.kept_for_inbound, 0,
               std::min(settings.calls_at_once, settings.rate.burst) - 1.0);
  check.seconds("call_timeout", settings.call_timeout, std::chrono::nanoseconds{1});
  check.number("the number of channels", static_cast<double>(settings.channels.size()), 1,
               max_governed_channels);
  if (auto checked = std::move(check).result(); !checked) return checked;
  if (auto checked = check_breaker(settings.breaker); !checked) return checked;
  return check_channels(settings.channels);
}

}  // namespace muster
