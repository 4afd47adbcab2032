#include "muster/policy/contact_rule.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

using Unit = ContactSpan::Unit;

std::string begin(Unit unit, std::uint32_t count, const char* now, const char* zone) {
  return to_string(
      begin_of({unit, count}, parse_moment(now).value(), TimeZone::find(zone).value()));
}

TEST(ContactRuleNames, AreWhatCataloguesWrite) {
  EXPECT_EQ(name(ContactRule::Kind::cap), "cap");
  EXPECT_EQ(name(ContactRule::Kind::cool_down), "cool_down");
  EXPECT_EQ(name(ContactRule::Kind::quiet_hours), "quiet_hours");
  EXPECT_EQ(name(ContactRule::Kind::do_not_contact), "do_not_contact");
  EXPECT_EQ(name(ContactRule::Scope::user), "user");
  EXPECT_EQ(name(ContactRule::Scope::account), "account");
  EXPECT_EQ(name(ContactRule::Scope::household), "household");
  EXPECT_EQ(name(ContactRule::Counts::all), "all");
  EXPECT_EQ(name(ContactRule::Counts::channel), "channel");
  EXPECT_EQ(name(ContactRule::Counts::policy), "policy");
  EXPECT_EQ(name(ContactRule::Counts::group), "group");
}

TEST(OutcomeNames, GoBothWays) {
  std::string names;
  for (std::size_t i = 0; i < outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    names += std::string(name(outcome)) + " ";
    EXPECT_EQ(find_outcome(name(outcome)), outcome);
  }
  EXPECT_EQ(names, "none accepted declined deferred unreachable expired ");
  EXPECT_FALSE(find_outcome("refused"));
}

// Exactly so many times 24 hours, this second included, whatever the clocks do.
TEST(ContactSpan, RollingDaysAreSeconds) {
  for (const char* zone : {"Asia/Shanghai", "Europe/Berlin"}) {
    EXPECT_EQ(begin(Unit::rolling_days, 1, "2026-03-29T12:00:00Z", zone), "2026-03-28T12:00:01Z");
    EXPECT_EQ(begin(Unit::rolling_days, 90, "2026-11-22T00:00:00Z", zone), "2026-08-24T00:00:01Z");
  }
}

TEST(ContactSpan, DaysBeginAtMidnightOfThePlace) {
  const char* shanghai = "Asia/Shanghai";
  EXPECT_EQ(begin(Unit::days, 1, "2026-11-22T15:59:59Z", shanghai), "2026-11-21T16:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "2026-11-22T16:00:00Z", shanghai), "2026-11-22T16:00:00Z");
  EXPECT_EQ(begin(Unit::days, 3, "2026-11-22T16:00:00Z", shanghai), "2026-11-20T16:00:00Z");
  const char* berlin = "Europe/Berlin";
  EXPECT_EQ(begin(Unit::days, 1, "2026-11-22T22:59:59Z", berlin), "2026-11-21T23:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "2026-11-22T23:00:00Z", berlin), "2026-11-22T23:00:00Z");
}

TEST(ContactSpan, DaysOfAChangeOfClocksAreLongerOrShorter) {
  const char* berlin = "Europe/Berlin";
  // Spring forward on 2026-03-29, back on 2026-10-25.
  EXPECT_EQ(begin(Unit::days, 1, "2026-03-29T21:59:59Z", berlin), "2026-03-28T23:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "2026-03-29T22:00:00Z", berlin), "2026-03-29T22:00:00Z");
  EXPECT_EQ(begin(Unit::days, 2, "2026-03-29T22:00:00Z", berlin), "2026-03-28T23:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "2026-10-25T22:59:59Z", berlin), "2026-10-24T22:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "2026-10-25T23:00:00Z", berlin), "2026-10-25T23:00:00Z");
  // China had summer time in 1988, from 04-17 to 09-11.
  const char* shanghai = "Asia/Shanghai";
  EXPECT_EQ(begin(Unit::days, 1, "1988-04-17T12:00:00Z", shanghai), "1988-04-16T16:00:00Z");
  EXPECT_EQ(begin(Unit::days, 1, "1988-04-18T12:00:00Z", shanghai), "1988-04-17T15:00:00Z");
}

TEST(ContactSpan, WeeksBeginOnMonday) {
  for (const char* now : {"2026-11-16T00:00:00+08:00", "2026-11-22T23:59:59+08:00"}) {
    EXPECT_EQ(begin(Unit::weeks, 1, now, "Asia/Shanghai"), "2026-11-15T16:00:00Z") << now;
    EXPECT_EQ(begin(Unit::weeks, 2, now, "Asia/Shanghai"), "2026-11-08T16:00:00Z") << now;
  }
  EXPECT_EQ(begin(Unit::weeks, 1, "2026-11-23T00:00:00+08:00", "Asia/Shanghai"),
            "2026-11-22T16:00:00Z");
  // The week of the change in spring: Monday midnight was still winter time.
  EXPECT_EQ(begin(Unit::weeks, 1, "2026-03-29T20:00:00Z", "Europe/Berlin"), "2026-03-22T23:00:00Z");
  EXPECT_EQ(begin(Unit::weeks, 1, "2026-03-30T20:00:00Z", "Europe/Berlin"), "2026-03-29T22:00:00Z");
}

TEST(ContactSpan, MonthsAreCalendarMonths) {
  const char* shanghai = "Asia/Shanghai";
  EXPECT_EQ(begin(Unit::months, 1, "2026-11-22T00:00:00Z", shanghai), "2026-10-31T16:00:00Z");
  EXPECT_EQ(begin(Unit::months, 1, "2026-10-31T16:00:00Z", shanghai), "2026-10-31T16:00:00Z");
  EXPECT_EQ(begin(Unit::months, 1, "2026-10-31T15:59:59Z", shanghai), "2026-09-30T16:00:00Z");
  EXPECT_EQ(begin(Unit::months, 12, "2026-11-22T00:00:00Z", shanghai), "2025-11-30T16:00:00Z");
  EXPECT_EQ(begin(Unit::months, 2, "2026-03-31T12:00:00Z", shanghai), "2026-01-31T16:00:00Z");
  EXPECT_EQ(begin(Unit::months, 1, "2026-04-15T12:00:00Z", "Europe/Berlin"),
            "2026-03-31T22:00:00Z");
  EXPECT_EQ(begin(Unit::months, 2, "2026-04-15T12:00:00Z", "Europe/Berlin"),
            "2026-02-28T23:00:00Z");
}

TEST(ContactSpan, EverBeginsBeforeEverything) {
  const Moment now = parse_moment("2026-11-22T00:00:00Z").value();
  EXPECT_EQ(begin_of({Unit::ever, 1}, now, TimeZone()).seconds,
            std::numeric_limits<std::int64_t>::min());
}

// No moment and no count is too much, and no span begins after it ends.
TEST(ContactSpan, NothingOverflows) {
  for (const std::int64_t now : {std::numeric_limits<std::int64_t>::min(),
                                 std::numeric_limits<std::int64_t>::max(), std::int64_t{0}}) {
    for (const Unit unit : {Unit::rolling_days, Unit::days, Unit::weeks, Unit::months}) {
      for (const std::uint32_t count : {1U, max_span_count, ~0U}) {
        EXPECT_LE(begin_of({unit, count}, Moment{now}, TimeZone()), Moment{now});
      }
    }
  }
}

}  // namespace
}  // namespace muster
