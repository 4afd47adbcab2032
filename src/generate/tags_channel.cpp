#include "generate/draft.hpp"

namespace muster::generate {
namespace {

/// Older and less technical people like voices and shops.
std::int64_t preferred(Subscriber& s) {
  if (s.tech > 600) return s.random.chance(640) ? 2 : s.random.below(8);
  if (s.age > 58) return s.random.chance(500) ? 3 : s.random.chance(500) ? 4 : 0;
  return s.random.below(8);
}

void add_ways(Draft& draft) {
  draft.category(
      "channel_preference",
      {"外呼", "短信", "App", "营业厅", "热线", "企业微信", "网厅", "装维上门"}, "渠道偏好",
      [](Subscriber& s) { return preferred(s); }, 60);
  draft.category(
      "contact_time", {"上午", "中午", "下午", "晚间", "周末"}, "易接通时段",
      [](Subscriber& s) { return s.random.below(5); }, 190);
  draft.boolean("app_installed", "装有官方 App",
                [](Subscriber& s) { return s.app_days > 0 || s.random.chance(200); });
  draft.number("app_days_30d", 0, "近30天 App 活跃天数", [](Subscriber& s) { return s.app_days; });
  draft.date(
      "app_last_login", "最近登录 App 日期",
      [](Subscriber& s) { return s.app_days > 0 ? s.today - s.random.skewed(30) : unknown; },
      sometimes);
  draft.boolean("wecom_friend", "已加企业微信客户经理",
                [](Subscriber& s) { return s.random.chance(90 + s.social / 5); });
  draft.number("shop_visits_6m", 0, "近6月到厅次数",
               [](Subscriber& s) { return s.random.skewed(s.tech < 350 ? 7 : 3); });
  draft.number(
      "sms_clicks_90d", 0, "近90天短信链接点击",
      [](Subscriber& s) { return s.random.skewed(1 + s.tech / 180); }, 25);
  draft.boolean("do_not_disturb", "已登记免打扰",
                [](Subscriber& s) { return s.random.chance(20 + s.discontent / 12); });
  draft.boolean(
      "marketing_consent", "同意接收营销",
      [](Subscriber& s) { return s.random.chance(780 - s.discontent / 4); }, 50);
}

void add_history(Draft& draft) {
  draft.number("contacts_30d", 0, "近30天被触达次数",
               [](Subscriber& s) { return s.random.skewed(9); });
  draft.number("refused_calls_90d", 0, "近90天拒接外呼次数",
               [](Subscriber& s) { return s.random.skewed(2 + s.discontent / 200); });
  draft.date(
      "last_contact", "最近营销触达日期",
      [](Subscriber& s) { return s.today - s.random.skewed(180); }, 120);
  draft.category(
      "last_response", {"接受", "拒绝", "考虑", "未接通", "过期"}, "最近营销结果",
      [](Subscriber& s) { return s.random.below(5); }, 120);
  draft.number("accepted_12m", 0, "近12月接受营销次数",
               [](Subscriber& s) { return s.random.skewed(4); });
  draft.number("declined_12m", 0, "近12月拒绝营销次数",
               [](Subscriber& s) { return s.random.skewed(3 + s.discontent / 160); });
}

}  // namespace

void add_channel_tags(Draft& draft) {
  draft.kind(TagKind::application);
  add_ways(draft);
  add_history(draft);
}

}  // namespace muster::generate
