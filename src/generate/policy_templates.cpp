#include <array>

#include "generate/policies.hpp"

namespace muster::generate {
namespace {

constexpr std::array all_segments{
    SegmentText{"可营销",
                "marketing_consent AND NOT do_not_disturb AND NOT blacklisted AND NOT employee "
                "AND NOT test_number AND NOT holdout"},
    SegmentText{"high_value",
                "value_segment IN ('S', 'A') OR 客户星级 IN ('五星', '五星金', '五星钻')"},
    SegmentText{"合约将到期", "days_until(contract_end) BETWEEN 0 AND 60"},
    SegmentText{"合约已到期", "days_since(contract_end) > 0"},
    SegmentText{"无合约在身", "contract = '无合约' OR SEGMENT(合约已到期)"},
    SegmentText{"流量饱和", "data_ratio >= 0.9"},
    SegmentText{"流量超套", "data_ratio > 1 AND overage_fee > 5"},
    SegmentText{"语音饱和", "voice_ratio >= 0.9"},
    SegmentText{"流量下滑", "data_trend < 0.7 AND data_used_3m_gb >= 3"},
    SegmentText{"离网预警", "churn_band IN ('高', '极高') OR 携转查询_90d"},
    SegmentText{"异网双卡", "competitor_sim IN ('移动', '联通', '电信', '广电')"},
    SegmentText{"idle_5g", "terminal_5g AND NOT active_5g"},
    SegmentText{"升档_5g", "terminal_5g AND NOT plan_5g"},
    SegmentText{"young", "age BETWEEN 18 AND 34"},
    SegmentText{"银发", "age >= 60"},
    SegmentText{"校园", "student OR campus_group"},
    SegmentText{"价格敏感", "price_sensitivity = '高' OR coupon_hunter OR group_buyer"},
    SegmentText{"视频重度", "video_gb >= 6 OR interests HAS ANY ('video', 'short_video', 'live')"},
    SegmentText{"gamers", "gamer AND game_gb >= 0.5"},
    SegmentText{"宽带将到期", "days_until(宽带到期日) BETWEEN 0 AND 45"},
    SegmentText{"可装宽带", "NOT broadband AND fibre_available AND free_ports > 0"},
    SegmentText{"竞对宽带", "competitor_broadband AND SEGMENT(可装宽带)"},
    SegmentText{"old_terminal", "terminal_months >= 30"},
    SegmentText{"换机意向", "terminal_propensity >= 60 OR SEGMENT(old_terminal)"},
    SegmentText{"近期投诉", "complained_90d OR complaint_open"},
    SegmentText{
        "服务受损",
        "SEGMENT(近期投诉) OR drop_calls_30d >= 5 OR satisfaction IN ('很不满意', '不满意')"},
    SegmentText{"近期已触达", "contacts_30d >= 4 OR days_since(last_contact) <= 7"},
    SegmentText{"app_active", "app_days_30d >= 8"},
    SegmentText{"偏好线上", "channel_preference IN ('App', '短信', '网厅', '企业微信')"},
    SegmentText{"偏好人工", "channel_preference IN ('外呼', '营业厅', '热线', '装维上门')"},
    SegmentText{"新入网", "生命周期阶段 = '新入网'"},
    SegmentText{"沉默", "生命周期阶段 = '沉默期' OR silent_days >= 20"},
    SegmentText{"家庭潜客", "NOT family_group AND (has_child OR 副卡数 >= 1 OR iptv)"},
    SegmentText{"商旅", "traveller OR intl_days_12m >= 3 OR international_caller"},
    SegmentText{"信用良好", "credit_score >= 600 AND overdue_12m = 0"},
    SegmentText{"欠费风险", "overdue_amount > 0 OR overdue_12m >= 3"},
};

constexpr std::array all_templates{
    PolicyTemplate{"存168得504",
                   "plan = '全家福 96' AND arpu_3m BETWEEN {80..110/5+40} AND SEGMENT(无合约在身)"},
    PolicyTemplate{"预存赠费续约",
                   "SEGMENT(合约将到期) AND plan_fee BETWEEN {19..139/10+40} AND SEGMENT(可营销)"},
    PolicyTemplate{
        "到期前一月续约礼",
        "days_until(contract_end) BETWEEN {0..30/5+15} AND complained_90d IS NOT TRUE AND city "
        "IN ({city*3})"},
    PolicyTemplate{"合约到期挽留",
                   "SEGMENT(合约已到期) AND SEGMENT(离网预警) AND arpu_12m >= {40..160/10}"},
    PolicyTemplate{"5G 升档首月半价",
                   "SEGMENT(升档_5g) AND data_ratio >= {0.6..1.4/0.1} AND plan = '{plan}'"},
    PolicyTemplate{
        "5G 登网体验包",
        "SEGMENT(idle_5g) AND terminal_brand = '{terminal_brand}' AND SEGMENT(偏好线上)"},
    PolicyTemplate{"5G 开关唤醒", "switch_5g_off AND plan_5g AND terminal_os = '{terminal_os}'"},
    PolicyTemplate{
        "流量加油包",
        "SEGMENT(流量超套) AND overage_fee BETWEEN {5..40/5+15} AND data_packs_3m <= {0..3/1}"},
    PolicyTemplate{
        "流量升档推荐",
        "SEGMENT(流量饱和) AND upgrade_propensity >= {40..80/5} AND plan_family = '{plan_family}'"},
    PolicyTemplate{"达量限速关怀",
                   "throttled_days_3m >= {3..20/1} AND speed_sensitive AND NOT plan_withdrawn"},
    PolicyTemplate{"定向视频流量包",
                   "SEGMENT(视频重度) AND NOT subscribed_services HAS ANY ('定向流量包') AND "
                   "age_band IN ({age_band*2})"},
    PolicyTemplate{"视频会员联合卡",
                   "内容会员 HAS ANY ({内容会员*2}) AND content_propensity >= {30..70/5} AND "
                   "plan_fee >= {39..129/10}"},
    PolicyTemplate{"全家桶会员升级", "内容会员 HAS ALL ({内容会员*2}) AND SEGMENT(high_value)"},
    PolicyTemplate{"游戏加速包", "SEGMENT(gamers) AND slow_data_pct >= {2..14/1} AND terminal_5g"},
    PolicyTemplate{"夜间流量包",
                   "night_share_pct >= {12..30/2} AND night_owl AND SEGMENT(流量超套) IS NOT TRUE"},
    PolicyTemplate{
        "周末不限量",
        "weekend_share_pct >= {38..48/2} AND SEGMENT(young) AND city_tier = '{city_tier}'"},
    PolicyTemplate{
        "语音升档",
        "SEGMENT(语音饱和) AND voice_used_min >= {150..900/50} AND call_circle >= {10..60/5}"},
    PolicyTemplate{"亲情网免费互打",
                   "NOT family_group AND call_circle BETWEEN {5..30/5+20} AND NOT "
                   "subscribed_services HAS ANY ('亲情网')"},
    PolicyTemplate{"家庭融合迁转",
                   "SEGMENT(家庭潜客) AND broadband AND family_propensity >= {30..70/5}"},
    PolicyTemplate{"副卡免月租", "副卡数 = 0 AND SEGMENT(high_value) AND has_child"},
    PolicyTemplate{"父母银龄卡",
                   "age BETWEEN {35..48/1+10} AND family_group AND returns_home_at_spring"},
    PolicyTemplate{"宽带新装立减",
                   "SEGMENT(可装宽带) AND broadband_propensity >= {35..75/5} AND city = '{city}'"},
    PolicyTemplate{"竞对宽带策反",
                   "SEGMENT(竞对宽带) AND plan_fee >= {59..159/10} AND SEGMENT(可营销)"},
    PolicyTemplate{"宽带到期续费",
                   "SEGMENT(宽带将到期) AND broadband_mbps <= {200..1000/100} AND "
                   "broadband_faults_6m <= {0..2/1}"},
    PolicyTemplate{"宽带提速千兆",
                   "broadband_mbps BETWEEN {100..300/100+200} AND broadband_hours_day >= {8..18/1} "
                   "AND smart_devices >= {1..6/1}"},
    PolicyTemplate{
        "全屋 Wi-Fi",
        "broadband AND NOT mesh_wifi AND smart_devices >= {2..8/1} AND 消费能力 IN ({消费能力*2})"},
    PolicyTemplate{"FTTR 升级",
                   "NOT fttr AND broadband_mbps >= {500..1000/500} AND SEGMENT(high_value) AND "
                   "province = '{province}'"},
    PolicyTemplate{"IPTV 影视包",
                   "iptv AND iptv_hours_30d >= {20..120/10} AND complained_90d IS NOT TRUE"},
    PolicyTemplate{"看家摄像头",
                   "broadband AND NOT home_camera AND (has_child OR 家庭角色 = '父母') AND "
                   "city_tier IN ({city_tier*2})"},
    PolicyTemplate{"换机合约购",
                   "SEGMENT(换机意向) AND SEGMENT(信用良好) AND terminal_brand = "
                   "'{terminal_brand}' AND terminal_price BETWEEN {800..5000/200+1500}"},
    PolicyTemplate{"旧机抵扣", "terminal IN ({terminal*3}) AND terminal_months >= {12..40/2}"},
    PolicyTemplate{"同品牌尊享换新",
                   "terminal = '{terminal}' AND arpu_12m >= {40..180/10} AND SEGMENT(可营销)"},
    PolicyTemplate{
        "功能机换智能机",
        "terminal_os = '功能机' AND age >= {50..75/1} AND 常驻地类型 IN ({常驻地类型*2})"},
    PolicyTemplate{"碎屏险赠送",
                   "terminal_months <= {1..8/1} AND terminal_price >= {2500..7000/500} AND NOT "
                   "subscribed_services HAS ANY ('碎屏险', '延保')"},
    PolicyTemplate{
        "手表一号双终端",
        "NOT watch_esim AND fitness_app_user AND terminal_brand IN ({terminal_brand*2})"},
    PolicyTemplate{
        "新入网首充礼",
        "SEGMENT(新入网) AND tenure_months <= {1..5/1} AND join_channel = '{join_channel}'"},
    PolicyTemplate{
        "新客三月关怀",
        "tenure_months BETWEEN {1..4/1+2} AND app_installed IS FALSE AND SEGMENT(偏好人工)"},
    PolicyTemplate{"携入专享",
                   "join_channel = '携号转入' AND tenure_months < {6..18/1} AND competitor_sim = "
                   "'{competitor_sim}'"},
    PolicyTemplate{"携转预警挽留",
                   "携转查询_90d AND value_segment IN ({value_segment*2}) AND NOT blacklisted"},
    PolicyTemplate{
        "高危资费优化",
        "churn_risk >= {48..75/1} AND churn_reason = '资费' AND spend_over_plan >= {5..30/5}"},
    PolicyTemplate{
        "网络补偿",
        "churn_reason = '网络' AND signal_score < {55..75/1} AND province IN ({province*3})"},
    PolicyTemplate{
        "异网副卡回流",
        "SEGMENT(异网双卡) AND data_trend < {0.5..0.9/0.1} AND churn_band = '{churn_band}'"},
    PolicyTemplate{
        "沉默唤醒",
        "SEGMENT(沉默) AND days_since(last_active) BETWEEN {5..20/5+10} AND balance > {1..30/1}"},
    PolicyTemplate{"衰退期保有",
                   "生命周期阶段 = '衰退期' AND SEGMENT(流量下滑) AND arpu_3m >= {30..150/10}"},
    PolicyTemplate{"投诉修复",
                   "complaint_type = '{complaint_type}' AND days_since(last_complaint) <= "
                   "{7..60/7} AND NOT complaint_open"},
    PolicyTemplate{"服务关怀不营销",
                   "SEGMENT(服务受损) AND SEGMENT(high_value) AND 客户星级 = '{客户星级}'"},
    PolicyTemplate{
        "星级客户权益",
        "客户星级 IN ({客户星级*2}) AND points_expiring AND SEGMENT(近期已触达) IS NOT TRUE"},
    PolicyTemplate{"钻石客户经理",
                   "客户星级 = '五星钻' AND NOT wecom_friend AND city IN ({city*3})"},
    PolicyTemplate{"老用户感恩",
                   "tenure_months >= {60..200/10} AND accepted_12m = 0 AND plan_withdrawn"},
    PolicyTemplate{"停售套餐迁转",
                   "plan_withdrawn AND plan_months >= {24..80/4} AND plan_fee BETWEEN "
                   "{18..90/10+40} AND SEGMENT(升档_5g)"},
    PolicyTemplate{
        "账单异动解释",
        "bill_shock >= {1.2..2/0.1} AND bill_checker AND SEGMENT(近期已触达) IS NOT TRUE"},
    PolicyTemplate{"价格敏感保底",
                   "SEGMENT(价格敏感) AND yuan_per_gb >= {3..12/1} AND plan_fee <= {39..99/10}"},
    PolicyTemplate{
        "自动缴费立减",
        "NOT autopay AND payment_method = '{payment_method}' AND overdue_12m >= {1..4/1}"},
    PolicyTemplate{"欠费预警",
                   "SEGMENT(欠费风险) AND payment_mode = '预付费' AND balance < {0..10/1}"},
    PolicyTemplate{"银发防诈",
                   "SEGMENT(银发) AND fraud_victim_risk AND NOT number_guard_user AND province = "
                   "'{province}'"},
    PolicyTemplate{"校园开学季",
                   "SEGMENT(校园) AND plan_family = '{plan_family}' AND data_used_gb >= {5..50/5} "
                   "AND top_app IN ({top_app*3})"},
    PolicyTemplate{
        "商旅漫游包",
        "SEGMENT(商旅) AND roaming_days_3m >= {3..20/1} AND intl_fee_12m <= {50..300/50}"},
    PolicyTemplate{"骑手司机专属",
                   "occupation IN ('外卖骑手', '网约车司机') AND map_app_heavy AND data_used_gb >= "
                   "{10..40/5}"},
    PolicyTemplate{
        "兴趣圈层权益",
        "interests HAS ALL ({interests*2}) AND SEGMENT(app_active) AND gender = '{gender}'"},
    PolicyTemplate{"生日月礼遇",
                   "birth_month = {1..12/1} AND 客户星级 IN ({客户星级*3}) AND SEGMENT(可营销)"},
};

constexpr std::array<std::string_view, 28> all_refinements{
    "city = '{city}'",
    "city IN ({city*4})",
    "province = '{province}'",
    "terminal IN ({terminal*4})",
    "terminal_brand = '{terminal_brand}'",
    "plan = '{plan}'",
    "plan IN ({plan*3})",
    "套餐档位 = '{套餐档位}'",
    "age BETWEEN {18..60/1+8}",
    "arpu_3m BETWEEN {20..200/5+30}",
    "tenure_months BETWEEN {0..120/6+24}",
    "data_used_gb >= {1..60/1}",
    "生命周期阶段 = '{生命周期阶段}'",
    "channel_preference = '{channel_preference}'",
    "contact_time = '{contact_time}'",
    "price_sensitivity = '{price_sensitivity}'",
    "消费能力 = '{消费能力}'",
    "occupation = '{occupation}'",
    "interests HAS ANY ({interests*2})",
    "内容会员 HAS ANY ({内容会员*2})",
    "top_app = '{top_app}'",
    "credit_score >= {400..800/20}",
    "terminal_months >= {3..36/3}",
    "SEGMENT(近期已触达) IS NOT TRUE",
    "SEGMENT(可营销)",
    "SEGMENT(偏好线上)",
    "days_since(join_date) >= {100..3000/100}",
    "last_deposit_offer = '{last_deposit_offer}'",
};

}  // namespace

std::span<const SegmentText> segment_texts() { return all_segments; }
std::span<const PolicyTemplate> policy_templates() { return all_templates; }
std::span<const std::string_view> refinements() { return all_refinements; }

}  // namespace muster::generate
