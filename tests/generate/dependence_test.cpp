#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "generate/population.hpp"

namespace muster::generate {
namespace {

constexpr std::size_t kUsers = 20'000;

/// The values of many subscribers, looked up by the tag's name.
class Sample {
 public:
  Sample() : population_(Population::make(11).value()) {
    std::vector<std::int64_t> cells(population_.tags().size());
    for (std::uint64_t user = 0; user < kUsers; ++user) {
      population_.draw(user, cells);
      rows_.push_back(cells);
    }
  }

  std::size_t column(std::string_view tag) const {
    return static_cast<std::size_t>(population_.schema().find(tag).value());
  }
  std::int64_t code(std::string_view tag, std::string_view category) const {
    const TagId id = population_.schema().find(tag).value();
    return static_cast<std::int64_t>(population_.schema().find_category(id, category).value());
  }
  const std::vector<std::vector<std::int64_t>>& rows() const { return rows_; }
  const Population& population() const { return population_; }

  /// Mean of `value` over those known for whom `wanted` holds of `tag`.
  template <class Wanted>
  double mean_where(std::string_view value, std::string_view tag, Wanted wanted) const {
    const std::size_t of = column(value);
    const std::size_t by = column(tag);
    double sum = 0;
    double count = 0;
    for (const auto& row : rows_) {
      if (row[of] == unknown || row[by] == unknown || !wanted(row[by])) continue;
      sum += static_cast<double>(row[of]);
      ++count;
    }
    EXPECT_GT(count, 50) << "too few to tell: " << value << " by " << tag;
    return sum / count;
  }

  double share_unknown(std::string_view tag) const {
    const std::size_t of = column(tag);
    const auto missing = std::count_if(rows_.begin(), rows_.end(),
                                       [&](const auto& row) { return row[of] == unknown; });
    return static_cast<double>(missing) / static_cast<double>(kUsers);
  }

 private:
  Population population_;
  std::vector<std::vector<std::int64_t>> rows_;
};

const Sample& sample() {
  static const Sample all;
  return all;
}

const auto yes = [](std::int64_t value) { return value == 1; };
const auto no = [](std::int64_t value) { return value == 0; };

TEST(Dependence, SpendFollowsThePlan) {
  const auto& s = sample();
  const double cheap = s.mean_where("arpu_3m", "plan_fee", [](auto fee) { return fee < 40; });
  const double dear = s.mean_where("arpu_3m", "plan_fee", [](auto fee) { return fee > 120; });
  EXPECT_GT(dear, 2.5 * cheap);
}

TEST(Dependence, TrafficFollowsThePlan) {
  const auto& s = sample();
  const double small =
      s.mean_where("data_used_gb", "data_plan_gb", [](auto gb) { return gb <= 10; });
  const double large =
      s.mean_where("data_used_gb", "data_plan_gb", [](auto gb) { return gb >= 60; });
  EXPECT_GT(large, 2 * small);
}

TEST(Dependence, NobodyUses5gWithoutAHandset) {
  const auto& s = sample();
  EXPECT_EQ(s.mean_where("active_5g", "terminal_5g", no), 0);
  EXPECT_GT(s.mean_where("active_5g", "terminal_5g", yes), 0.5);
  EXPECT_EQ(s.mean_where("data_5g_gb", "active_5g", no), 0);
}

TEST(Dependence, RicherPlansGoWithDearerHandsets) {
  const auto& s = sample();
  const double cheap =
      s.mean_where("terminal_price", "plan_fee", [](auto fee) { return fee < 40; });
  const double dear =
      s.mean_where("terminal_price", "plan_fee", [](auto fee) { return fee > 150; });
  EXPECT_GT(dear, 1.3 * cheap);
}

TEST(Dependence, ContractsAreYoungerThanTheirHolders) {
  const auto& s = sample();
  const std::size_t start = s.column("contract_start");
  const std::size_t tenure = s.column("tenure_months");
  const std::size_t kind = s.column("contract");
  for (const auto& row : s.rows()) {
    EXPECT_EQ(row[start] == unknown, row[kind] == 0);
    if (row[start] == unknown) continue;
    EXPECT_LE(default_today.days - row[start], row[tenure] * 30);
  }
}

TEST(Dependence, LifeCycleFollowsTenureAndSilence) {
  const auto& s = sample();
  const std::size_t stage = s.column("生命周期阶段");
  const std::size_t tenure = s.column("tenure_months");
  const std::size_t silent = s.column("silent_days");
  const std::int64_t joining = s.code("生命周期阶段", "新入网");
  const std::int64_t asleep = s.code("生命周期阶段", "沉默期");
  for (const auto& row : s.rows()) {
    if (row[stage] == joining) {
      EXPECT_LT(row[tenure], 6);
    } else if (row[stage] == asleep) {
      EXPECT_GE(row[silent], 25);
    }
  }
}

TEST(Dependence, EveryStageIsThere) {
  const auto& s = sample();
  for (const char* name : {"新入网", "成长期", "成熟期", "衰退期", "预警期", "沉默期"}) {
    const std::int64_t code = s.code("生命周期阶段", name);
    const std::size_t stage = s.column("生命周期阶段");
    const auto in = std::count_if(s.rows().begin(), s.rows().end(),
                                  [&](const auto& row) { return row[stage] == code; });
    EXPECT_GT(in, 100) << name;
  }
}

TEST(Dependence, CitiesLieInTheirProvinces) {
  const auto& s = sample();
  const std::size_t city = s.column("city");
  const std::size_t province = s.column("province");
  const std::int64_t chengdu = s.code("city", "成都");
  const std::int64_t sichuan = s.code("province", "四川");
  int seen = 0;
  for (const auto& row : s.rows()) {
    if (row[city] != chengdu) continue;
    ++seen;
    EXPECT_EQ(row[province], sichuan);
  }
  EXPECT_GT(seen, 50);
}

TEST(Dependence, ComplainersAreMoreLikelyToLeave) {
  const auto& s = sample();
  EXPECT_GT(s.mean_where("churn_risk", "complained_90d", yes),
            s.mean_where("churn_risk", "complained_90d", no) + 8);
}

TEST(Dependence, HomeTagsNeedBroadband) {
  const auto& s = sample();
  const std::size_t broadband = s.column("broadband");
  const std::size_t speed = s.column("broadband_mbps");
  for (const auto& row : s.rows()) EXPECT_EQ(row[speed] == unknown, row[broadband] == 0);
}

TEST(Dependence, RealGapsAreNull) {
  const auto& s = sample();
  EXPECT_NEAR(s.share_unknown("nps"), 0.82, 0.02);
  EXPECT_NEAR(s.share_unknown("terminal"), 0.025, 0.01);
  EXPECT_NEAR(s.share_unknown("occupation"), 0.26, 0.02);
  EXPECT_EQ(s.share_unknown("plan"), 0);
}

}  // namespace
}  // namespace muster::generate
