#include "decide/contact_check.hpp"

#include <gtest/gtest.h>

#include "prepared_world.hpp"

namespace muster::testing {
namespace {

using Counts = ContactRule::Counts;
using Kind = ContactRule::Kind;
using Scope = ContactRule::Scope;
using Unit = ContactSpan::Unit;

constexpr std::int64_t day = 86'400;
constexpr std::uint8_t free = ContactCheck::free;
constexpr std::uint8_t cap = static_cast<std::uint8_t>(Reason::contact_cap);
constexpr std::uint8_t cool_down = static_cast<std::uint8_t>(Reason::cool_down);

Moment moment(std::string_view text) { return *parse_moment(text); }

ContactRule cap_of(std::uint32_t most, ContactSpan span = {}, Counts counts = Counts::all) {
  ContactRule rule;
  rule.id = "rule";
  rule.most = most;
  rule.span = span;
  rule.counts = counts;
  return rule;
}

Contact contact(Moment at, std::string policy = "A", std::string channel = "sms") {
  return {at, std::move(policy), std::move(channel), Outcome::none, Scope::user};
}

/// Three policies, of groups g, g and h, none; channels sms, app and shop.
struct World {
  explicit World(std::vector<ContactRule> rules, std::string zone = "UTC") {
    Draft draft = small_draft();
    draft.time_zone = std::move(zone);
    draft.policies = {policy("A"), policy("B"), policy("C")};
    draft.policies[0].groups = {"g"};
    draft.policies[1].groups = {"g", "h"};
    for (std::size_t i = 0; i < rules.size(); ++i) rules[i].id += std::to_string(i);
    draft.contact_rules = std::move(rules);
    catalogue = prepared(draft);
    check.emplace(*catalogue);
  }

  std::uint8_t blocked(const std::vector<Contact>& contacts, PolicyIndex policy = 0,
                       std::size_t channel = 0, Moment now = noon) {
    check->begin(*catalogue, now, conditions_of(*catalogue));
    std::vector<KnownContact> known;
    for (const Contact& one : contacts) {
      const KnownContact its = look_up(one, *catalogue).contact;
      if (check->may_count(its)) known.push_back(its);
    }
    check->count(*catalogue, known);
    check->begin_policy(*catalogue, policy);
    return check->blocked(*catalogue, channel);
  }

  std::shared_ptr<const PreparedCatalogue> catalogue;
  std::optional<ContactCheck> check;
};

TEST(ContactCheck, CapsCountWhatLiesInTheSpan) {
  World world({cap_of(2, {Unit::rolling_days, 7})});
  const Contact begins = contact({noon.seconds - 7 * day + 1});
  const Contact before = contact({noon.seconds - 7 * day});
  const Contact now = contact(noon), later = contact({noon.seconds + 1});
  EXPECT_EQ(world.blocked({}), free);
  EXPECT_EQ(world.blocked({now}), free);
  EXPECT_EQ(world.blocked({now, begins}), cap);
  EXPECT_EQ(world.blocked({now, before}), free);
  EXPECT_EQ(world.blocked({now, later}), free);  // it has not happened
  EXPECT_EQ(world.blocked({now, now, now}), cap);
  EXPECT_EQ(world.blocked({}), free);
}

TEST(ContactCheck, ContactsMayCountFromTheEarliestSpanOn) {
  const auto may = [](const World& world, Moment at) {
    return world.check->may_count({at, 0, 0, Outcome::none, 0, false, 0});
  };
  World world(
      {cap_of(1, {Unit::rolling_days, 7}), cap_of(1, {Unit::rolling_days, 9}, Counts::policy)});
  world.blocked({});
  EXPECT_TRUE(may(world, noon));
  EXPECT_FALSE(may(world, {noon.seconds + 1}));
  EXPECT_TRUE(may(world, {noon.seconds - 9 * day + 1}));
  EXPECT_FALSE(may(world, {noon.seconds - 9 * day}));
  World ever({cap_of(1, {Unit::ever, 1})});
  ever.blocked({});
  EXPECT_TRUE(may(ever, {INT64_MIN}));
}

TEST(ContactCheck, AnswersCountForCoolDownsAlone) {
  ContactRule after_no = cap_of(1, {Unit::rolling_days, 30});
  after_no.kind = Kind::cool_down;
  after_no.outcome = Outcome::declined;
  World world({cap_of(1, {Unit::rolling_days, 7}), after_no});
  Contact answer = contact(noon);
  answer.answer = true;
  EXPECT_EQ(world.blocked({answer}), free);
  EXPECT_EQ(world.blocked({answer, contact(noon)}), cap);
  answer.outcome = Outcome::declined;
  EXPECT_EQ(world.blocked({answer}), cool_down);
}

TEST(ContactCheck, ACapOfNothingForbidsAlways) {
  World world({cap_of(0, {Unit::ever, 1}, Counts::policy)});
  EXPECT_EQ(world.blocked({}), cap);
}

TEST(ContactCheck, CountsPerChannelPolicyOrGroup) {
  World channel({cap_of(1, {}, Counts::channel)});
  EXPECT_EQ(channel.blocked({contact(noon)}, 2, 0), cap);
  EXPECT_EQ(channel.blocked({contact(noon)}, 0, 1), free);
  EXPECT_EQ(channel.blocked({contact(noon, "A", "fax")}, 0, 0), free);

  World policy({cap_of(1, {}, Counts::policy)});
  EXPECT_EQ(policy.blocked({contact(noon)}, 0, 2), cap);
  EXPECT_EQ(policy.blocked({contact(noon)}, 1, 0), free);
  EXPECT_EQ(policy.blocked({contact(noon, "gone")}, 0, 0), free);

  World group({cap_of(2, {}, Counts::group)});
  EXPECT_EQ(group.blocked({contact(noon, "A"), contact(noon, "B")}, 0), cap);
  EXPECT_EQ(group.blocked({contact(noon, "B"), contact(noon, "B")}, 0), cap);
  EXPECT_EQ(group.blocked({contact(noon, "B")}, 1), free);  // once, though it shares two groups
  EXPECT_EQ(group.blocked({contact(noon, "C"), contact(noon, "C")}, 2), free);  // of no group

  World all({cap_of(2)});
  EXPECT_EQ(all.blocked({contact(noon, "gone", "fax"), contact(noon)}, 2, 2), cap);
}

TEST(ContactCheck, RulesForSomeChannelsCountAndForbidThereOnly) {
  ContactRule rule = cap_of(1);
  rule.channels = {1, 2};
  World world({rule});
  EXPECT_EQ(world.blocked({contact(noon, "A", "sms")}, 0, 1), free);
  EXPECT_EQ(world.blocked({contact(noon, "A", "fax")}, 0, 1), free);
  EXPECT_EQ(world.blocked({contact(noon, "A", "shop")}, 0, 1), cap);
  EXPECT_EQ(world.blocked({contact(noon, "A", "shop")}, 0, 0), free);
  rule.counts = Counts::policy;
  World policy({rule});
  EXPECT_EQ(policy.blocked({contact(noon, "A", "shop")}, 0, 1), cap);
  EXPECT_EQ(policy.blocked({contact(noon, "A", "shop")}, 0, 0), free);
}

TEST(ContactCheck, WiderScopesCountNarrowerOnes) {
  const auto blocked = [](Scope rule_scope, Scope contact_scope) {
    ContactRule rule = cap_of(1);
    rule.scope = rule_scope;
    Contact one = contact(noon);
    one.scope = contact_scope;
    return World({rule}).blocked({one}) == cap;
  };
  for (int rule = 0; rule < 3; ++rule) {
    for (int its = 0; its < 3; ++its) {
      EXPECT_EQ(blocked(static_cast<Scope>(rule), static_cast<Scope>(its)), its <= rule);
    }
  }
}

TEST(ContactCheck, CoolDownsFollowTheirOutcome) {
  ContactRule rule = cap_of(0, {Unit::rolling_days, 90});
  rule.kind = Kind::cool_down;
  rule.outcome = Outcome::declined;
  World world({rule});
  Contact declined = contact({noon.seconds - 89 * day});
  EXPECT_EQ(world.blocked({declined}), free);
  declined.outcome = Outcome::declined;
  EXPECT_EQ(world.blocked({declined}), cool_down);
  declined.at.seconds -= day;
  EXPECT_EQ(world.blocked({declined}), free);
}

TEST(ContactCheck, GivesTheFirstReasonOfSeveral) {
  ContactRule rest = cap_of(0, {Unit::ever, 1});
  rest.kind = Kind::cool_down;
  rest.outcome = Outcome::none;
  ContactRule quiet;
  quiet.id = "quiet";
  quiet.kind = Kind::quiet_hours;
  quiet.hours = {{0x01, 12 * 3600, 13 * 3600}};  // Mondays at noon
  const ContactRule by_policy = cap_of(1, {Unit::ever, 1}, Counts::policy);
  World both({rest, by_policy});
  EXPECT_EQ(both.blocked({contact(noon)}, 0), cap);
  EXPECT_EQ(both.blocked({contact(noon)}, 1), cool_down);
  World all({rest, by_policy, quiet});
  EXPECT_EQ(all.blocked({contact(noon)}), static_cast<std::uint8_t>(Reason::quiet_hours));
  EXPECT_EQ(all.blocked({contact(noon)}, 0, 0, {noon.seconds + 3600}), cap);
  EXPECT_EQ(all.blocked({}, 0, 0, {noon.seconds + day}), free);
}

TEST(ContactCheck, DoNotContactHoldsOnItsChannels) {
  ContactRule rule;
  rule.id = "silence";
  rule.kind = Kind::do_not_contact;
  rule.when = "vip";
  rule.channels = {0};
  World world({rule});
  const ConditionId vip = world.catalogue->contact.forbid[0].when;
  world.check->begin(*world.catalogue, noon, conditions_of(*world.catalogue, {vip}));
  world.check->count(*world.catalogue, {});
  world.check->begin_policy(*world.catalogue, 0);
  EXPECT_EQ(world.check->blocked(*world.catalogue, 0),
            static_cast<std::uint8_t>(Reason::do_not_contact));
  EXPECT_EQ(world.check->blocked(*world.catalogue, 1), free);
}

/// Whether a contact at one moment still counts at another, both by their clocks.
bool counts(const ContactSpan& span, const std::string& zone, std::string_view contacted,
            std::string_view now) {
  World world({cap_of(1, span)}, zone);
  return world.blocked({contact(moment(contacted))}, 0, 0, moment(now)) == cap;
}

TEST(ContactCheck, CalendarDaysEndAtMidnightInTheirZone) {
  const ContactSpan today{Unit::days, 1};
  EXPECT_TRUE(
      counts(today, "Asia/Shanghai", "2026-03-30T00:00:00+08:00", "2026-03-30T23:59:59+08:00"));
  EXPECT_FALSE(
      counts(today, "Asia/Shanghai", "2026-03-30T00:00:00+08:00", "2026-03-31T00:00:00+08:00"));
  // In UTC both are of one day.
  EXPECT_FALSE(
      counts(today, "Asia/Shanghai", "2026-03-30T23:59:59+08:00", "2026-03-31T00:00:01+08:00"));
  EXPECT_TRUE(counts(today, "UTC", "2026-03-30T23:59:59+08:00", "2026-03-31T00:00:01+08:00"));
}

TEST(ContactCheck, CalendarDaysAreAsLongAsTheClocksMakeThem) {
  const ContactSpan today{Unit::days, 1}, rolling{Unit::rolling_days, 1};
  // Berlin, 2026-03-29: 23 hours. 23:59:59 is 22:59:59 after midnight.
  EXPECT_TRUE(
      counts(today, "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59+02:00"));
  EXPECT_FALSE(
      counts(today, "Europe/Berlin", "2026-03-28T23:59:59+01:00", "2026-03-29T00:00:00+01:00"));
  EXPECT_TRUE(
      counts(rolling, "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:30:00+02:00"));
  // 2026-10-25: 25 hours.
  EXPECT_TRUE(
      counts(today, "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-25T23:59:59+01:00"));
  EXPECT_FALSE(
      counts(rolling, "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-25T23:59:59+01:00"));
}

TEST(ContactCheck, WeeksBeginOnMondayAndMonthsOnTheFirst) {
  EXPECT_TRUE(counts({Unit::weeks, 1}, "UTC", "2026-03-30T00:00:00Z", "2026-04-05T23:59:59Z"));
  EXPECT_FALSE(counts({Unit::weeks, 1}, "UTC", "2026-03-29T23:59:59Z", "2026-03-30T00:00:00Z"));
  EXPECT_TRUE(counts({Unit::weeks, 2}, "UTC", "2026-03-29T23:59:59Z", "2026-03-30T00:00:00Z"));
  EXPECT_TRUE(counts({Unit::months, 1}, "UTC", "2026-03-01T00:00:00Z", "2026-03-31T23:59:59Z"));
  EXPECT_FALSE(counts({Unit::months, 1}, "UTC", "2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z"));
  EXPECT_TRUE(counts({Unit::months, 2}, "UTC", "2026-03-31T23:59:59Z", "2026-04-30T00:00:00Z"));
  EXPECT_TRUE(counts({Unit::ever, 1}, "UTC", "1900-01-01T00:00:00Z", "2026-04-30T00:00:00Z"));
}

TEST(ContactCheck, SpansFollowTheDayFromOneUserToTheNext) {
  World world({cap_of(1, {Unit::days, 1})});
  const Contact early = contact(moment("2026-03-30T00:00:01Z"));
  EXPECT_EQ(world.blocked({early}, 0, 0, noon), cap);
  EXPECT_EQ(world.blocked({early}, 0, 0, {noon.seconds + 11 * 3600}), cap);
  EXPECT_EQ(world.blocked({early}, 0, 0, {noon.seconds + 12 * 3600}), free);
  EXPECT_EQ(world.blocked({early}, 0, 0, noon), cap);
}

TEST(ContactCheck, RollingDaysRollBeyondTheCalendarToo) {
  World world({cap_of(1, {Unit::rolling_days, 3})});
  for (const std::int64_t year : {-3'000, 12'000}) {
    const Moment now{year * 366 * day};
    const auto before = [&](std::int64_t days) { return Moment{now.seconds - days * day}; };
    EXPECT_EQ(world.blocked({contact(before(2))}, 0, 0, now), cap) << year;
    EXPECT_EQ(world.blocked({contact(before(3))}, 0, 0, now), free) << year;
  }
}

TEST(ContactCheck, HashesTellContactsApart) {
  const World world({});
  const auto hash = [&](const Contact& one) { return look_up(one, *world.catalogue).hash; };
  const Contact one = contact(noon);
  EXPECT_EQ(hash(one), hash(contact(noon)));
  EXPECT_NE(hash(one), hash(contact({noon.seconds + 1})));
  EXPECT_NE(hash(one), hash(contact(noon, "sms", "A")));
  Contact other = one;
  other.outcome = Outcome::accepted;
  EXPECT_NE(hash(one), hash(other));
  other = one;
  other.scope = Scope::account;
  EXPECT_NE(hash(one), hash(other));
}

}  // namespace
}  // namespace muster::testing
