#include "muster/evaluate/watch.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Catalogue catalogue_with(const std::string& monitors) {
  return Catalogue::from_json(
             R"({"schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "call"}, {"id": "shop"}],
    "policies": [{"id": "P1", "name": "P1", "segment": "fee > 0"},
                 {"id": "P2", "name": "P2", "segment": "fee > 0"}],
    "monitors": [)" +
             monitors + "]}")
      .value();
}

FunnelCell cell(std::string policy, std::string channel, int day, std::uint64_t accepted,
                std::uint64_t declined) {
  FunnelCell out{std::move(policy), std::move(channel), Date{day}, {}, {}};
  out.counts[FunnelStep::accepted] = accepted;
  out.counts[FunnelStep::declined] = declined;
  return out;
}

// A target of 0.2 with 100 cases a day: one standard deviation is 0.04.
constexpr const char* wins = R"({"id": "wins", "rate": "success", "target": 0.2})";

TEST(Watch, CountsDeviationsInStandardDeviationsOfTheDay) {
  LedgerFigures figures;
  figures.funnel = {cell("P1", "call", 1, 20, 80), cell("P1", "call", 2, 12, 88),
                    cell("P1", "call", 3, 8, 92), cell("P1", "call", 4, 12, 88)};
  const auto states = watch(figures, catalogue_with(wins));
  ASSERT_EQ(states.size(), 1u);
  const auto& days = states[0].days;
  ASSERT_EQ(days.size(), 4u);
  EXPECT_EQ(days[1].seen, (Proportion{12, 100}));
  const double low[] = {0, 1.5, 4, 5.5};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(days[i].low, low[i], 1e-9) << i;
    EXPECT_EQ(days[i].high, 0) << i;
  }
  EXPECT_EQ(states[0].alarm, (RateAlarm{false, Date{4}, Date{2}}));
}

TEST(Watch, AnAlarmEndsWhenTheRateIsBack) {
  LedgerFigures figures;
  figures.funnel = {cell("P1", "call", 1, 60, 40)};
  EXPECT_EQ(watch(figures, catalogue_with(wins))[0].alarm, (RateAlarm{true, Date{1}, Date{1}}));
  for (int day = 2; day < 10; ++day) figures.funnel.push_back(cell("P1", "call", day, 20, 80));
  EXPECT_TRUE(watch(figures, catalogue_with(wins))[0].alarm);
  for (int day = 10; day < 12; ++day) figures.funnel.push_back(cell("P1", "call", day, 20, 80));
  EXPECT_FALSE(watch(figures, catalogue_with(wins))[0].alarm);
}

TEST(Watch, SeesWhatItIsForOnDaysWithEnoughCases) {
  LedgerFigures figures;
  figures.funnel = {cell("P1", "call", 1, 5, 14), cell("P1", "call", 2, 5, 15),
                    cell("P1", "shop", 2, 50, 0), cell("P2", "call", 2, 0, 60),
                    cell("P9", "call", 2, 9, 9)};
  const auto seen = [&](const std::string& keys) {
    std::vector<Proportion> out;
    const auto states = watch(
        figures, catalogue_with(R"({"id": "m", "rate": "success", "target": 0.2)" + keys + "}"));
    for (const WatchedDay& day : states[0].days) out.push_back(day.seen);
    return out;
  };
  using Seen = std::vector<Proportion>;
  EXPECT_EQ(seen(R"(, "policies": ["P1"], "channels": ["call"])"), (Seen{{5, 20}}));
  EXPECT_EQ(seen(R"(, "policies": ["P1"])"), (Seen{{55, 70}}));
  EXPECT_EQ(seen(R"(, "channels": ["call"])"), (Seen{{14, 98}}));
  EXPECT_EQ(seen(R"(, "least": 19)"), (Seen{{5, 19}, {64, 148}}));
}

TEST(Watch, KnowsEveryRate) {
  FunnelCell day = cell("P1", "call", 1, 1, 2);
  day.counts[FunnelStep::unreachable] = 3;
  day.counts[FunnelStep::expired] = 4;
  day.counts[FunnelStep::cancelled] = 100;
  day.counts[FunnelStep::contacted] = 1'000;
  day.hand_offs = {50, 20, 7, 9'999};
  LedgerFigures figures;
  figures.funnel = {day};
  struct Case {
    const char* rate;
    Proportion seen;
  };
  for (const auto& [rate, seen] : {Case{"success", {1, 10}}, Case{"refusal", {2, 10}},
                                   Case{"unreachable", {3, 10}}, Case{"lateness", {7, 20}}}) {
    const auto states =
        watch(figures, catalogue_with(R"({"id": "m", "least": 1, "target": 0.5, "rate": ")" +
                                      std::string(rate) + "\"}"));
    EXPECT_EQ(states[0].days.at(0).seen, seen) << rate;
  }
}

}  // namespace
}  // namespace muster
