#include "generate/draft.hpp"

namespace muster::generate {
namespace {

std::int64_t content(const Subscriber& s) { return 1000 - s.discontent; }

void add_complaints(Draft& draft) {
  draft.number("complaints_90d", 0, "近90天投诉次数", [](Subscriber& s) { return s.complaints; });
  draft.boolean(
      "complained_90d", "近90天投诉过", [](Subscriber& s) { return s.complaints > 0; }, 30);
  draft.category(
      "complaint_type",
      {"资费争议", "网络质量", "营销骚扰", "宽带故障", "服务态度", "增值业务", "携转受阻"},
      "最近投诉类型",
      [](Subscriber& s) {
        return s.complaints > 0 || s.random.chance(60) ? s.random.skewed(7) : unknown;
      },
      sometimes);
  draft.date(
      "last_complaint", "最近投诉日期",
      [](Subscriber& s) {
        if (s.complaints > 0) return s.today - s.random.below(90);
        return s.random.chance(110) ? s.today - s.random.between(90, 700) : unknown;
      },
      sometimes);
  draft.boolean("complaint_open", "有在途投诉单",
                [](Subscriber& s) { return s.complaints > 0 && s.random.chance(220); });
  draft.boolean("regulator_complaint", "曾向监管机构申诉",
                [](Subscriber& s) { return s.complaints > 1 && s.random.chance(90); });
  draft.boolean("携转查询_90d", "asked for a porting code in 90 days",
                [](Subscriber& s) { return s.asked_to_port; });
}

void add_care(Draft& draft) {
  draft.number("hotline_calls_90d", 0, "近90天拨打客服次数", [](Subscriber& s) {
    return s.complaints + s.random.skewed(3 + s.discontent / 200);
  });
  draft.number("repair_visits_12m", 0, "近12月上门维修次数",
               [](Subscriber& s) { return s.broadband ? s.random.skewed(5) : 0; });
  draft.number(
      "nps", 0, "净推荐评分 0-10",
      [](Subscriber& s) { return clamp(s.random.bell(3 + content(s) / 140, 3), 0, 10); }, 820);
  draft.category(
      "satisfaction", {"很不满意", "不满意", "一般", "满意", "很满意"}, "最近满意度",
      [](Subscriber& s) { return clamp(s.random.bell(content(s) / 230, 2), 0, 4); }, 640);
  draft.number(
      "waiting_min_90d", 0, "近90天客服等待，分钟",
      [](Subscriber& s) { return s.random.skewed(30); }, 55);
  draft.date(
      "last_care_contact", "最近客服接触日期",
      [](Subscriber& s) { return s.today - s.random.skewed(400); }, 310);
  draft.boolean("refund_12m", "近12月有退费",
                [](Subscriber& s) { return s.random.chance(s.discontent / 15); });
}

}  // namespace

void add_service_tags(Draft& draft) {
  draft.kind(TagKind::application);
  add_complaints(draft);
  add_care(draft);
}

}  // namespace muster::generate
