#include <algorithm>

#include "generate/draft.hpp"
#include "generate/market.hpp"

namespace muster::generate {
namespace {

/// A model's score from 0 to 100: what it knows, in thousandths, and what it does not.
std::int64_t model_score(Subscriber& s, std::int64_t knows) {
  return clamp(s.random.bell(knows, 220) / 10, 0, 100);
}

/// A set of `size` dictionary entries at most, each drawn by `pick`.
template <class Pick>
std::int64_t draw_set(Subscriber& s, std::int64_t size, Pick pick) {
  std::int64_t mask = 0;
  for (std::int64_t i = 0; i < size; ++i) mask |= std::int64_t{1} << pick(s);
  return mask;
}

void add_stage(Draft& draft) {
  draft.category("生命周期阶段", {"新入网", "成长期", "成熟期", "衰退期", "预警期", "沉默期"},
                 "life-cycle stage", [](Subscriber& s) { return s.life_cycle; });
  draft.number(
      "churn_risk", 0, "离网风险评分 0-100", [](Subscriber& s) { return s.churn_risk / 10; }, 12);
  draft.category("churn_band", {"低", "中", "高", "极高"}, "离网风险分档", [](Subscriber& s) {
    return (s.churn_risk >= 300) + (s.churn_risk >= 480) + (s.churn_risk >= 620);
  });
  draft.category(
      "churn_reason", {"资费", "网络", "服务", "竞对优惠", "换城市", "未知"}, "预测离网原因",
      [](Subscriber& s) {
        if (s.churn_risk < 480) return unknown;
        if (s.overage_fee > 1'500) return std::int64_t{0};
        return s.competitor_sim ? std::int64_t{3} : s.random.below(6);
      },
      sometimes);
  draft.category(
      "price_sensitivity", {"高", "中", "低"}, "价格敏感度",
      [](Subscriber& s) { return clamp(s.random.bell(s.wealth, 300) / 334, 0, 2); }, 70);
  draft.category(
      "消费能力", {"低", "中低", "中", "中高", "高"}, "spending power",
      [](Subscriber& s) { return clamp(s.random.bell(s.wealth, 200) / 200, 0, 4); }, 50);
  draft.category("value_segment", {"S", "A", "B", "C", "D"}, "价值分群", [](Subscriber& s) {
    const std::int64_t yuan = s.arpu_12m / 100;
    return (yuan < 250) + (yuan < 130) + (yuan < 70) + (yuan < 30);
  });
}

void add_propensities(Draft& draft) {
  draft.number(
      "upgrade_propensity", 0, "套餐升档倾向 0-100",
      [](Subscriber& s) {
        return model_score(s, 250 + std::min<std::int64_t>(s.overage_fee / 12, 400) + s.wealth / 6);
      },
      40);
  draft.number(
      "terminal_propensity", 0, "换机倾向 0-100",
      [](Subscriber& s) {
        return model_score(s,
                           150 + std::min<std::int64_t>(s.handset_months * 12, 450) + s.wealth / 5);
      },
      40);
  draft.number(
      "broadband_propensity", 0, "装宽带倾向 0-100",
      [](Subscriber& s) { return model_score(s, s.broadband ? 60 : 260 + s.tech / 4); }, 40);
  draft.number(
      "family_propensity", 0, "组家庭网倾向 0-100",
      [](Subscriber& s) { return model_score(s, s.family ? 120 : 200 + s.social / 4); }, 40);
  draft.number(
      "content_propensity", 0, "订购内容会员倾向 0-100",
      [](Subscriber& s) { return model_score(s, 150 + std::min<std::int64_t>(s.data / 12, 400)); },
      40);
  draft.number(
      "response_sms", 0, "短信响应倾向 0-100",
      [](Subscriber& s) { return model_score(s, 260 + s.tech / 8); }, 90);
  draft.number(
      "response_call", 0, "外呼响应倾向 0-100",
      [](Subscriber& s) { return model_score(s, 420 - s.tech / 5); }, 90);
}

void add_person(Draft& draft) {
  draft.category(
      "occupation",
      {"学生", "企业职员", "公务员", "教师", "医护", "工人", "农民", "个体经营", "自由职业",
       "外卖骑手", "网约车司机", "退休", "其他"},
      "职业推断",
      [](Subscriber& s) {
        if (s.student) return std::int64_t{0};
        return s.age > 61 ? std::int64_t{11} : 1 + s.random.skewed(12);
      },
      260);
  draft.category(
      "income_band", {"3千以下", "3-6千", "6千-1万", "1-2万", "2万以上"}, "月收入推断",
      [](Subscriber& s) { return clamp(s.random.bell(s.wealth, 180) / 200, 0, 4); }, 280);
  draft.boolean(
      "has_child", "有未成年子女",
      [](Subscriber& s) { return s.age > 25 && s.age < 52 && s.random.chance(560); }, 300);
  draft.boolean(
      "car_owner", "有车",
      [](Subscriber& s) { return s.age > 22 && s.random.chance(s.wealth * 6 / 10); }, 240);
  draft.set(
      "interests",
      {"video",   "short_video", "game",    "music",     "sports",    "reading", "news", "shopping",
       "travel",  "food",        "finance", "education", "parenting", "health",  "car",  "pets",
       "fashion", "photography", "anime",   "live",      "fitness",   "digital", "home", "opera"},
      "兴趣",
      [](Subscriber& s) {
        return draw_set(s, 1 + s.random.below(5), [](Subscriber& x) {
          return x.age < 35 ? x.random.skewed(24) : 23 - x.random.skewed(24) * 2 / 3;
        });
      },
      80);
  draft.set("内容会员",
            {"爱奇艺", "腾讯视频", "优酷", "芒果TV", "哔哩哔哩", "咪咕视频", "网易云音乐", "QQ音乐",
             "喜马拉雅", "京东PLUS", "88VIP", "百度网盘", "WPS", "番茄畅听"},
            "content subscriptions", [](Subscriber& s) {
              return draw_set(s, s.random.skewed(2 + s.tech / 250),
                              [](Subscriber& x) { return x.random.skewed(14); });
            });
  draft.set("subscribed_services",
            {"来电显示", "彩铃", "视频彩铃", "云盘", "手机报", "来电提醒", "国际漫游", "流量提醒",
             "反诈卫士", "骚扰拦截", "亲情网", "一号双终端", "超级会员日", "随心选", "定向流量包",
             "意外险", "碎屏险", "延保"},
            "已订业务", [](Subscriber& s) {
              return draw_set(s, 1 + s.random.skewed(6),
                              [](Subscriber& x) { return x.random.skewed(18); });
            });
}

}  // namespace

void add_portrait_tags(Draft& draft) {
  draft.kind(TagKind::portrait);
  add_stage(draft);
  add_propensities(draft);
  add_person(draft);
}

void add_derived_tags(Draft& draft) {
  draft.kind(TagKind::application);
  draft.derived("data_ratio", "data_used_gb / data_plan_gb", "套餐流量饱和度");
  draft.derived("voice_ratio", "voice_used_min / voice_plan_min", "套餐语音饱和度");
  draft.derived("share_5g", "data_5g_gb / data_used_gb", "5G 流量占比");
  draft.derived("data_trend", "data_used_gb / data_used_3m_gb", "流量环比，1 为持平");
  draft.derived("spend_over_plan", "arpu_3m - plan_fee", "月均超套消费，元");
  draft.derived("bill_shock", "last_bill / arpu_12m", "账单异动，1 为正常");
  draft.derived("yuan_per_gb", "arpu_3m / data_used_3m_gb", "每 GB 单价，元");
}

}  // namespace muster::generate
