#include <algorithm>

#include "generate/draft.hpp"
#include "generate/places.hpp"

namespace muster::generate {
namespace {

std::int64_t age_band(const Subscriber& s) {
  constexpr std::int64_t starts[] = {18, 25, 35, 45, 55, 65};
  return std::upper_bound(std::begin(starts), std::end(starts), s.age) - std::begin(starts);
}

/// Star levels grow with spend and years.
std::int64_t star(const Subscriber& s) {
  const std::int64_t points = s.arpu_12m / 100 + s.tenure_months / 2;
  constexpr std::int64_t starts[] = {20, 45, 75, 120, 180, 260, 420};
  return std::upper_bound(std::begin(starts), std::end(starts), points) - std::begin(starts);
}

std::int64_t credit(Subscriber& s) {
  return clamp(
      s.random.bell(380 + s.wealth * 3 / 10 + std::min<std::int64_t>(s.tenure_months, 120), 160), 0,
      999);
}

void add_identity(Draft& draft) {
  draft.category(
      "gender", {"男", "女"}, "性别", [](Subscriber& s) { return s.female; }, 30);
  draft.number(
      "age", 0, "年龄，周岁", [](Subscriber& s) { return s.age; }, 20);
  draft.category("age_band", {"17-", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}, "年龄段",
                 [](Subscriber& s) { return age_band(s); });
  draft.category("province", places().provinces, "归属省份",
                 [](Subscriber& s) { return places().cities[s.city].province; });
  draft.category("city", places().city_names, "常驻城市", [](Subscriber& s) { return s.city; });
  draft.category("city_tier", {"一线", "新一线", "二线", "三线", "四线及以下"}, "城市级别",
                 [](Subscriber& s) { return places().cities[s.city].tier; });
  draft.category("常驻地类型", {"城区", "县城", "乡镇", "农村"}, "area type by night cell",
                 [](Subscriber& s) { return s.rural ? s.random.between(1, 3) : 0; });
  draft.boolean("student", "在校学生", [](Subscriber& s) { return s.student; });
  draft.category("customer_type", {"个人", "家庭主卡", "政企成员"}, "客户类型", [](Subscriber& s) {
    return s.family ? 1 : s.random.chance(120) ? 2 : 0;
  });
  draft.number(
      "birth_month", 0, "生日月份", [](Subscriber& s) { return s.random.between(1, 12); }, 20);
}

void add_account(Draft& draft) {
  draft.number("tenure_months", 0, "在网时长，月", [](Subscriber& s) { return s.tenure_months; });
  draft.date("join_date", "入网日期",
             [](Subscriber& s) { return s.today - s.tenure_months * 30 - s.random.below(30); });
  draft.category(
      "join_channel", {"营业厅", "网厅", "App", "代理商", "电话", "校园", "携号转入"}, "入网渠道",
      [](Subscriber& s) { return s.student ? 5 : s.random.skewed(7); }, 40);
  draft.category("客户星级", {"未评级", "一星", "二星", "三星", "四星", "五星", "五星金", "五星钻"},
                 "star level", [](Subscriber& s) { return star(s); });
  draft.boolean("real_name", "已实名", [](Subscriber& s) { return s.random.chance(997); });
  draft.category("payment_mode", {"预付费", "后付费"}, "付费方式",
                 [](Subscriber& s) { return s.random.chance(200 + s.wealth / 2); });
  draft.category(
      "payment_method", {"微信", "支付宝", "银行代扣", "营业厅", "充值卡", "App"}, "常用缴费方式",
      [](Subscriber& s) { return s.age > 62 && s.random.chance(600) ? 3 : s.random.skewed(6); });
  draft.boolean("autopay", "已签自动缴费",
                [](Subscriber& s) { return s.random.chance(120 + s.tech / 3); });
  draft.number(
      "credit_score", 0, "信用分 0-999", [](Subscriber& s) { return credit(s); }, 60);
  draft.number("balance", 2, "账户余额，元",
               [](Subscriber& s) { return s.random.skewed(20'000) - s.random.skewed(2'000); });
  draft.number("overdue_amount", 2, "欠费，元", [](Subscriber& s) {
    return s.random.chance(90 - s.wealth / 20) ? s.random.between(1, s.bill + 1) : 0;
  });
  draft.number("overdue_12m", 0, "近12月欠费停机次数", [](Subscriber& s) {
    return s.random.chance(200 - s.wealth / 6) ? 1 + s.random.skewed(8) : 0;
  });
  draft.date(
      "last_topup", "最近充值日期", [](Subscriber& s) { return s.today - s.random.skewed(120); },
      70);
}

}  // namespace

void add_profile_tags(Draft& draft) {
  draft.kind(TagKind::basic);
  add_identity(draft);
  add_account(draft);
}

}  // namespace muster::generate
