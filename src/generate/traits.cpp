#include <array>

#include "generate/draft.hpp"

namespace muster::generate {
namespace {

// name, description, base, youth, wealth, tech, social (thousandths)
constexpr std::array all_traits{
    Trait{"gamer", "手游活跃", 20, 320, 0, 120, 20},
    Trait{"night_owl", "夜间活跃", 60, 300, 0, 50, 50},
    Trait{"commuter", "通勤族", 120, 180, 160, 0, 0},
    Trait{"traveller", "常出差", 10, 30, 220, 0, 40},
    Trait{"returns_home_at_spring", "春节返乡", 260, 120, -80, 0, 0},
    Trait{"migrant_worker", "外来务工", 160, 80, -90, 0, 0},
    Trait{"online_shopper", "网购活跃", 180, 260, 140, 220, 0},
    Trait{"group_buyer", "拼团活跃", 240, 60, -120, 60, 80},
    Trait{"takeaway_user", "外卖活跃", 60, 320, 80, 120, 0},
    Trait{"ride_hailing_user", "网约车活跃", 50, 160, 160, 120, 0},
    Trait{"mobile_payment", "移动支付", 620, 120, 60, 180, 0},
    Trait{"stock_app_user", "炒股软件活跃", 10, -20, 220, 60, 0},
    Trait{"loan_app_user", "借贷软件活跃", 60, 60, -50, 20, 0},
    Trait{"education_app_user", "学习软件活跃", 80, 120, 40, 60, 0},
    Trait{"parenting_app_user", "育儿软件活跃", 40, 30, 30, 30, 30},
    Trait{"health_app_user", "健康软件活跃", 60, -20, 60, 60, 0},
    Trait{"fitness_app_user", "健身软件活跃", 20, 80, 80, 60, 0},
    Trait{"map_app_heavy", "导航重度", 60, 20, 160, 60, 0},
    Trait{"anchor", "主播", 3, 20, 0, 10, 12},
    Trait{"live_shopper", "直播购物", 140, 80, -20, 40, 80},
    Trait{"reading_app_user", "阅读软件活跃", 120, 80, -20, 20, -30},
    Trait{"audio_book_user", "有声书活跃", 80, -20, 20, 20, 0},
    Trait{"football_fan", "足球迷", 60, 40, 40, 0, 20},
    Trait{"anime_fan", "二次元", 10, 220, 0, 40, -20},
    Trait{"square_dancer", "广场舞爱好", 120, -200, 0, 0, 60},
    Trait{"opinion_leader", "朋友圈意见领袖", 10, 0, 30, 20, 120},
    Trait{"group_owner", "社群群主", 30, 0, 0, 20, 160},
    Trait{"speed_sensitive", "网速敏感", 120, 140, 40, 160, 0},
    Trait{"coverage_sensitive", "覆盖敏感", 150, 0, 0, 40, 0},
    Trait{"fee_inquirer", "常查资费", 180, 0, -100, 60, 0},
    Trait{"bill_checker", "常查账单", 160, 0, -60, 80, 0},
    Trait{"coupon_hunter", "羊毛党", 90, 80, -70, 80, 20},
    Trait{"points_redeemer", "常兑积分", 120, -40, 30, 40, 0},
    Trait{"points_expiring", "积分将到期", 220, 0, 0, 0, 0},
    Trait{"ring_tone_paid", "付费彩铃", 130, -40, 0, -20, 30},
    Trait{"cloud_drive_user", "云盘活跃", 60, 80, 60, 160, 0},
    Trait{"cloud_phone_user", "云手机试用", 5, 30, 0, 40, 0},
    Trait{"cloud_gaming_user", "云游戏试用", 5, 60, 0, 50, 0},
    Trait{"vr_user", "VR 体验", 2, 20, 20, 30, 0},
    Trait{"number_guard_user", "反诈卫士活跃", 110, -50, 0, 20, 0},
    Trait{"fraud_victim_risk", "涉诈易感", 50, -40, -10, -20, 0},
    Trait{"spam_call_sufferer", "骚扰电话多", 160, 0, 60, 0, 0},
    Trait{"international_caller", "常拨国际", 4, 0, 60, 0, 0},
    Trait{"hk_macao_visitor", "常去港澳", 6, 10, 70, 0, 0},
    Trait{"gov_staff_group", "集团单位：政府", 30, 0, 40, 0, 0},
    Trait{"enterprise_group", "集团单位：企业", 80, 20, 60, 0, 0},
    Trait{"campus_group", "集团单位：校园", 20, 120, 0, 0, 0},
    Trait{"small_shop_owner", "小店主", 60, 0, 20, 0, 40},
    Trait{"recommended_friend", "老带新推荐过", 30, 20, 0, 20, 80},
    Trait{"was_recommended", "被推荐入网", 60, 30, -10, 0, 20},
    Trait{"won_back", "曾离网后返网", 40, 10, -10, 0, 0},
    Trait{"on_retention_list", "在保有名单", 140, 0, 20, 0, 0},
    Trait{"holdout", "对照组", 50, 0, 0, 0, 0},
    Trait{"employee", "员工号", 4, 0, 0, 0, 0},
    Trait{"test_number", "测试号", 1, 0, 0, 0, 0},
    Trait{"blacklisted", "营销黑名单", 12, 0, -4, 0, 0},
};

}  // namespace

void add_traits(Draft& draft) {
  draft.kind(TagKind::portrait);
  for (const Trait& trait : all_traits) draft.trait(trait);
}

}  // namespace muster::generate
