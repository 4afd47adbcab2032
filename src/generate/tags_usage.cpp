#include <algorithm>

#include "generate/draft.hpp"
#include "generate/market.hpp"

namespace muster::generate {
namespace {

/// A part of last month's traffic: `share` in thousandths, give or take.
std::int64_t part(Subscriber& s, std::int64_t share) {
  return s.data * clamp(s.random.bell(share, share), 0, 900) / 1000;
}

std::int64_t youth(const Subscriber& s) { return clamp(1000 - (s.age - 16) * 20, 0, 1000); }

void add_data(Draft& draft) {
  draft.number("data_used_gb", 2, "上月流量，GB", [](Subscriber& s) { return s.data; });
  draft.number("data_used_3m_gb", 2, "近3月月均流量，GB", [](Subscriber& s) { return s.data_3m; });
  draft.number("data_5g_gb", 2, "上月 5G 流量，GB", [](Subscriber& s) {
    return s.active_5g ? s.data * s.random.between(300, 900) / 1000 : 0;
  });
  draft.number(
      "video_gb", 2, "视频类流量，GB", [](Subscriber& s) { return part(s, 320); }, 15);
  draft.number(
      "short_video_gb", 2, "短视频流量，GB", [](Subscriber& s) { return part(s, 280); }, 15);
  draft.number(
      "game_gb", 2, "游戏类流量，GB", [](Subscriber& s) { return part(s, 20 + youth(s) / 8); }, 15);
  draft.number(
      "social_gb", 2, "社交类流量，GB", [](Subscriber& s) { return part(s, 90); }, 15);
  draft.number(
      "music_gb", 2, "音乐类流量，GB", [](Subscriber& s) { return part(s, 40); }, 15);
  draft.number(
      "live_gb", 2, "直播类流量，GB", [](Subscriber& s) { return part(s, 60); }, 15);
  draft.number(
      "night_share_pct", 0, "夜间流量占比，%",
      [](Subscriber& s) { return clamp(s.random.bell(10 + youth(s) / 40, 22), 0, 100); }, 15);
  draft.number(
      "weekend_share_pct", 0, "周末流量占比，%",
      [](Subscriber& s) { return clamp(s.random.bell(32, 20), 0, 100); }, 15);
  draft.number(
      "wifi_share_pct", 0, "Wi-Fi 时长占比，%",
      [](Subscriber& s) { return clamp(s.random.bell(s.broadband ? 62 : 30, 34), 0, 100); }, 180);
  draft.number("throttled_days_3m", 0, "近3月达量限速天数", [](Subscriber& s) {
    return s.data > plans()[s.plan].data_gb * 130 ? s.random.skewed(40) : 0;
  });
}

void add_voice(Draft& draft) {
  draft.number("voice_used_min", 0, "上月通话，分钟", [](Subscriber& s) { return s.minutes; });
  draft.number("voice_in_min", 0, "上月被叫，分钟",
               [](Subscriber& s) { return s.minutes * s.random.between(20, 70) / 100; });
  draft.number("call_circle", 0, "近3月通话对象数",
               [](Subscriber& s) { return s.minutes / 12 + s.random.skewed(20 + s.social / 10); });
  draft.number(
      "offnet_share_pct", 0, "网外通话占比，%",
      [](Subscriber& s) { return clamp(s.random.bell(52, 40), 0, 100); }, 35);
  draft.number("competitor_hotline_calls", 0, "近90天拨打竞对客服次数", [](Subscriber& s) {
    return s.random.chance(s.churn_risk / 6) ? 1 + s.random.skewed(4) : 0;
  });
  draft.number("sms_sent", 0, "上月短信，条", [](Subscriber& s) { return s.random.skewed(40); });
}

void add_presence(Draft& draft) {
  draft.number("silent_days", 0, "近30天无通信天数", [](Subscriber& s) { return s.silent_days; });
  draft.date("last_active", "最近活跃日期", [](Subscriber& s) {
    return s.today - (s.silent_days > 20 ? s.silent_days : s.random.skewed(6));
  });
  draft.number("roaming_days_3m", 0, "近3月省际漫游天数",
               [](Subscriber& s) { return s.random.chance(250) ? s.random.skewed(60) : 0; });
  draft.number("intl_days_12m", 0, "近12月国际漫游天数", [](Subscriber& s) {
    return s.random.chance(15 + s.wealth / 12) ? 1 + s.random.skewed(30) : 0;
  });
  draft.category(
      "competitor_sim", {"无", "移动", "联通", "电信", "广电"}, "双卡中的异网卡",
      [](Subscriber& s) { return s.competitor_sim ? 1 + s.random.skewed(4) : 0; }, 220);
  draft.number(
      "commute_km", 1, "职住距离，公里",
      [](Subscriber& s) { return s.student ? 0 : s.random.skewed(420); }, 150);
  draft.category(
      "top_app",
      {"微信",     "抖音",     "快手",   "淘宝",   "拼多多",   "京东",     "哔哩哔哩", "爱奇艺",
       "腾讯视频", "优酷",     "小红书", "微博",   "今日头条", "百度",     "高德地图", "美团",
       "饿了么",   "滴滴",     "支付宝", "QQ",     "王者荣耀", "和平精英", "原神",     "网易云音乐",
       "QQ音乐",   "喜马拉雅", "知乎",   "钉钉",   "企业微信", "腾讯会议", "携程",     "12306",
       "番茄小说", "学习强国", "作业帮", "芒果TV", "央视频",   "西瓜视频", "虎牙",     "斗鱼"},
      "流量最大的应用", [](Subscriber& s) { return s.random.skewed(40); }, 60);
}

}  // namespace

void add_usage_tags(Draft& draft) {
  draft.kind(TagKind::application);
  add_data(draft);
  add_voice(draft);
  add_presence(draft);
}

}  // namespace muster::generate
