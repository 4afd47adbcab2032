#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/json_builder.hpp"
#include "engage/command_check.hpp"
#include "engage/contact_limits.hpp"
#include "engage/ledger_body.hpp"
#include "engage/lookup.hpp"
#include "engage/policy_room.hpp"

namespace muster {
namespace {

// Few may be wanted of many that may not be dispatched: a page is not as small as that.
constexpr std::size_t fewest_of_a_page = 100, tasks_of_a_page = 1'000;

bool is_quiet(const Catalogue& catalogue, ChannelId channel, LocalTime time) {
  const auto forbids = [&](const ContactRule& rule) {
    const auto& channels = rule.channels;
    return rule.kind == ContactRule::Kind::quiet_hours &&
           (channels.empty() ||
            std::find(channels.begin(), channels.end(), channel) != channels.end()) &&
           std::any_of(rule.hours.begin(), rule.hours.end(),
                       [&](const Hours& some) { return some.contains(time); });
  };
  const auto rules = catalogue.contact_rules();
  return std::any_of(rules.begin(), rules.end(), forbids);
}

/// Fails unless tasks may be pushed to the channel at this time.
Result<void> check_open(const Catalogue& catalogue, const Channel& channel, LocalTime time) {
  if (!channel.active) {
    return Error{Errc::illegal_move,
                 fmt::format("nothing is dispatched to {}, a cooperative channel: its tasks wait "
                             "for the user",
                             in_quotes(channel.id)),
                 {}};
  }
  const auto id = static_cast<ChannelId>(&channel - catalogue.channels().data());
  const bool open = channel.open(time);
  if (open && !is_quiet(catalogue, id, time)) return {};
  return Error{Errc::channel_closed,
               fmt::format("channel {} {} at {:02}:{:02}", in_quotes(channel.id),
                           open ? "has quiet hours" : "is closed", time.second / 3600,
                           time.second / 60 % 60),
               {}};
}

class Dispatcher {
 public:
  Dispatcher(LedgerWriter& writer, const Catalogue& catalogue, const Channel& channel,
             LocalTime time)
      : writer_(writer),
        catalogue_(catalogue),
        channel_(channel),
        day_(time.day),
        limits_(catalogue, static_cast<ChannelId>(&channel - catalogue.channels().data()),
                writer.now()) {}

  void dispatch(std::size_t most) {
    Event head;
    head.kind = EventKind::dispatch;
    head.channel = channel_.id;
    writer_.append(std::move(head));
    left_ = std::min(most, capacity_left());
    std::vector<KeptTask> page;
    while (left_ > 0) {
      const std::optional<KeptTask> last = page.empty() ? std::nullopt : std::optional(page.back());
      const PlannedPage next{channel_.id, last ? &*last : nullptr,
                             std::clamp(left_, fewest_of_a_page, tasks_of_a_page)};
      page = writer_.tables().planned_tasks(next);
      if (page.empty()) break;
      limits_.read(next, writer_.tables());
      settlements_ = writer_.tables().settlements_of(next);
      for (KeptTask& task : page) {
        if (left_ > 0) consider(task);
      }
    }
    writer_.head().text = summary();
  }

 private:
  std::size_t capacity_left() {
    if (channel_.daily_capacity == 0) return max_run;
    const std::uint64_t used = writer_.tables().capacity_used(channel_.id, day_);
    return channel_.daily_capacity - std::min(used, channel_.daily_capacity);
  }

  void consider(KeptTask& task) {
    const std::size_t at = catalogue_.find(task.policy);
    if (task.due <= writer_.now()) return void(++overdue_);
    if (at == catalogue_.policies().size() || !is_live(catalogue_.policies()[at])) {
      return void(++not_live_);
    }
    const Policy& policy = catalogue_.policies()[at];
    if (!has_room(policy, writer_.use_of(policy.id))) return void(++used_up_);
    if (is_settled(task, policy)) return void(++settled_);
    if (!limits_.allow(task, writer_.tables())) return void(++forbidden_);
    writer_.dispatch(task, day_, policy.cost);
    limits_.reserve(task);
    ++dispatched_;
    --left_;
  }

  bool is_live(const Policy& policy) const {
    const bool offered = policy.state == PolicyState::released || policy.state == PolicyState::test;
    return offered && policy.valid.contains(writer_.now());
  }

  /// Open even so: whoever settled knew a catalogue in which the policies did not exclude each
  /// other.
  bool is_settled(const KeptTask& task, const Policy& policy) const {
    const auto found = settlements_.find(task.user);
    return found != settlements_.end() &&
           find_bar(found->second, catalogue_, policy, writer_.now()) != nullptr;
  }

  std::string summary() const {
    JsonBuilder json;
    json.object([&] {
      json.whole("dispatched", dispatched_);
      json.whole("forbidden", forbidden_);
      json.whole("used_up", used_up_);
      json.whole("settled", settled_);
      json.whole("not_live", not_live_);
      json.whole("overdue", overdue_);
    });
    return std::move(json).take();
  }

  LedgerWriter& writer_;
  const Catalogue& catalogue_;
  const Channel& channel_;
  Date day_;
  ContactLimits limits_;
  SettlementsByUser settlements_;  // with the users of a page
  std::size_t left_ = 0;
  std::size_t dispatched_ = 0, forbidden_ = 0, used_up_ = 0, settled_ = 0, not_live_ = 0,
              overdue_ = 0;
};

}  // namespace

Result<Receipt> Ledger::dispatch(const Command& command, const Catalogue& catalogue,
                                 std::string_view channel, std::size_t most) {
  const Result<void> good = CommandCheck(command).id("a channel", channel).run(most).result();
  if (!good) return good.error();
  const std::uint64_t content = ContentHash("dispatch").add(channel).add(most).value();
  return body_->write(command, content, [&](LedgerWriter& writer) -> Result<void> {
    const Result<const Channel*> found = find_channel(catalogue, channel);
    if (!found) return found.error();
    const LocalTime time = catalogue.time_zone().local(command.now);
    if (Result<void> open = check_open(catalogue, **found, time); !open) return open;
    Dispatcher(writer, catalogue, **found, time).dispatch(most);
    return {};
  });
}

}  // namespace muster
