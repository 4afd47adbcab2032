// A view never breaks a contact rule: users are followed for weeks, each offer that is taken up is
// a contact from then on, and whatever a view holds is counted anew, by calendars and by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "muster/decide/engine.hpp"
#include "random_case.hpp"

namespace muster::testing {
namespace {

constexpr std::int64_t day = 86'400;
constexpr auto cool_down = ContactRule::Kind::cool_down;

/// Whole months since year 0, whole weeks since a Monday.
std::int64_t month_of(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(date.days))};
  return std::int64_t{int{ymd.year()}} * 12 + unsigned{ymd.month()};
}
std::int64_t week_of(Date date) { return (std::int64_t{date.days} + 3 + 7 * 200'000) / 7; }

bool within(const ContactSpan& span, Moment at, Moment now, const TimeZone& zone) {
  const Date then = zone.local(at).day, today = zone.local(now).day;
  const std::int64_t count = span.count;
  switch (span.unit) {
    case ContactSpan::Unit::rolling_days:
      return now.seconds - at.seconds < count * day;
    case ContactSpan::Unit::days:
      return today.days - then.days < count;
    case ContactSpan::Unit::weeks:
      return week_of(today) - week_of(then) < count;
    case ContactSpan::Unit::months:
      return month_of(today) - month_of(then) < count;
    case ContactSpan::Unit::ever:
      break;
  }
  return true;
}

/// Whom a random catalogue's rules bind: one user, whose contacts are all their own.
class Followed {
 public:
  explicit Followed(std::uint64_t seed)
      : dice_(seed), catalogue_(random_draft(dice_).make()), refused_(conditions()) {
    EXPECT_TRUE(engine_.deploy(catalogue_));
    now_ = random_moment(dice_, catalogue_.time_zone());
  }

  /// Decides, looks at all that the view holds, takes one offer up.
  void step() {
    now_.seconds += static_cast<std::int64_t>(dice_.below(3 * day));
    const User user = random_user(catalogue_.schema(), dice_);
    const PolicyView view = engine_.decide({"u", user}, now_).value();
    for (const Offer& offer : view.offers()) {
      for (const RankedChannel& one : offer.channels)
        expect_allowed(user, offer.policy, one.channel);
    }
    if (view.offers().empty()) return;
    const Offer& taken = dice_.pick(view.offers());
    const std::string& policy = catalogue_.policies()[taken.policy].id;
    const std::string& channel = catalogue_.channels()[dice_.pick(taken.channels).channel].id;
    const auto outcome = static_cast<Outcome>(dice_.below(6));
    contacts_.push_back({now_, policy, channel, outcome, ContactRule::Scope::user});
    history_->add("u", contacts_.back());
  }

  std::size_t bound = 0;  ///< how often a rule had something to count

 private:
  RuleSet conditions() const {
    RuleSetBuilder builder = catalogue_.rule_builder();
    for (const ContactRule& rule : catalogue_.contact_rules()) {
      EXPECT_TRUE(builder.add(rule.when.empty() ? "FALSE" : rule.when));
    }
    return std::move(builder).compile().value();
  }

  bool counts(const ContactRule& rule, const Contact& contact, std::size_t policy,
              ChannelId channel) const {
    const auto on = static_cast<ChannelId>(catalogue_.find_channel(contact.channel));
    if (!rule.channels.empty() && std::count(rule.channels.begin(), rule.channels.end(), on) == 0) {
      return false;
    }
    const Policy& of = catalogue_.policies()[catalogue_.find(contact.policy)];
    const Policy& proposed = catalogue_.policies()[policy];
    switch (rule.counts) {
      case ContactRule::Counts::channel:
        return on == channel;
      case ContactRule::Counts::policy:
        return of.id == proposed.id;
      case ContactRule::Counts::group:
        return std::find_first_of(of.groups.begin(), of.groups.end(), proposed.groups.begin(),
                                  proposed.groups.end()) != of.groups.end();
      case ContactRule::Counts::all:
        break;
    }
    return true;
  }

  void expect_allowed(const User& user, std::size_t policy, ChannelId channel) {
    const LocalTime local = catalogue_.time_zone().local(now_);
    const auto bits = refused_.encoder().encode(user, local.day).value();
    for (std::size_t i = 0; i < catalogue_.contact_rules().size(); ++i) {
      const ContactRule& rule = catalogue_.contact_rules()[i];
      const auto& on = rule.channels;
      if (!on.empty() && std::count(on.begin(), on.end(), channel) == 0) continue;
      ASSERT_FALSE(refused_.matches(bits, static_cast<RuleId>(i))) << rule.id;
      for (const Hours& hours : rule.hours) ASSERT_FALSE(hours.contains(local)) << rule.id;
      std::uint32_t counted = 0, after = 0;
      for (const Contact& contact : contacts_) {
        if (!within(rule.span, contact.at, now_, catalogue_.time_zone())) continue;
        if (!counts(rule, contact, policy, channel)) continue;
        ++counted;
        after += contact.outcome == rule.outcome;
      }
      bound += counted > 0;
      const bool broken = rule.kind == ContactRule::Kind::cap ? counted >= rule.most
                                                              : rule.kind == cool_down && after > 0;
      ASSERT_FALSE(broken) << rule.id << ": " << counted << " contacts";
    }
  }

  Dice dice_;
  Catalogue catalogue_;
  std::shared_ptr<MemoryHistory> history_ = std::make_shared<MemoryHistory>();
  Engine engine_{{.history = history_}};
  RuleSet refused_;
  std::vector<Contact> contacts_;
  Moment now_;
};

TEST(ContactPromise, NoViewBreaksAContactRule) {
  std::size_t bound = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Followed followed(seed);
    for (int step = 0; step < 60; ++step) {
      followed.step();
      ASSERT_FALSE(HasFatalFailure()) << "catalogue " << seed << ", step " << step;
    }
    bound += followed.bound;
  }
  EXPECT_GT(bound, 2000u);
}

}  // namespace
}  // namespace muster::testing
