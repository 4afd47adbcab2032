#include <algorithm>

#include "generate/draft.hpp"
#include "generate/market.hpp"

namespace muster::generate {
namespace {

const Plan& plan_of(const Subscriber& s) { return plans()[s.plan]; }

Values plan_names() {
  Values names;
  for (const Plan& plan : plans()) names.emplace_back(plan.name);
  return names;
}

std::int64_t fee_band(const Subscriber& s) {
  constexpr std::int32_t starts[] = {20, 40, 60, 100, 130, 200, 300};
  return std::upper_bound(std::begin(starts), std::end(starts), plan_of(s).fee) -
         std::begin(starts);
}

void add_plan(Draft& draft) {
  draft.category("plan", plan_names(), "当前套餐", [](Subscriber& s) { return s.plan; });
  draft.number("plan_fee", 0, "套餐月费，元", [](Subscriber& s) { return plan_of(s).fee; });
  draft.category("plan_family", {plan_families().begin(), plan_families().end()}, "套餐系列",
                 [](Subscriber& s) { return plan_of(s).family; });
  draft.category("套餐档位",
                 {"20元以下", "20-39", "40-59", "60-99", "100-129", "130-199", "200-299", "300+"},
                 "plan fee band", [](Subscriber& s) { return fee_band(s); });
  draft.boolean("plan_5g", "5G 套餐", [](Subscriber& s) { return plan_of(s).five_g; });
  draft.boolean("plan_withdrawn", "在用已停售套餐",
                [](Subscriber& s) { return plan_of(s).withdrawn; });
  draft.number("plan_months", 0, "当前套餐使用月数", [](Subscriber& s) { return s.plan_months; });
  draft.number("plan_changes_12m", 0, "近12月换套餐次数",
               [](Subscriber& s) { return s.plan_months < 12 ? 1 + s.random.skewed(3) : 0; });
  draft.number("data_plan_gb", 0, "套餐内流量，GB",
               [](Subscriber& s) { return plan_of(s).data_gb; });
  draft.number("voice_plan_min", 0, "套餐内语音，分钟",
               [](Subscriber& s) { return plan_of(s).minutes; });
  draft.number("data_packs_3m", 0, "近3月叠加流量包个数", [](Subscriber& s) {
    return s.overage_fee > 0 && s.random.chance(600) ? 1 + s.random.skewed(5) : 0;
  });
  draft.number("副卡数", 0, "secondary SIM cards",
               [](Subscriber& s) { return s.family ? s.random.below(4) : s.random.chance(90); });
  draft.number("discount_pct", 0, "套餐折扣，%", [](Subscriber& s) {
    return s.contract == ContractKind::none ? 0 : 10 * s.random.between(0, 4);
  });
}

void add_contract(Draft& draft) {
  draft.category("contract", {"无合约", "话费合约", "终端合约", "宽带合约"}, "合约类型",
                 [](Subscriber& s) { return s.contract; });
  draft.date(
      "contract_start", "合约生效日",
      [](Subscriber& s) { return s.contract == ContractKind::none ? unknown : s.contract_start; },
      sometimes);
  draft.date(
      "contract_end", "合约到期日",
      [](Subscriber& s) { return s.contract == ContractKind::none ? unknown : s.contract_end; },
      sometimes);
  draft.number(
      "contract_months", 0, "合约期，月",
      [](Subscriber& s) { return s.contract == ContractKind::none ? unknown : s.contract_months; },
      sometimes);
  draft.number(
      "contract_penalty", 2, "提前解约违约金，元",
      [](Subscriber& s) {
        const std::int64_t left = std::max<std::int64_t>(s.contract_end - s.today, 0);
        return s.contract == ContractKind::none ? unknown : left * plan_of(s).fee;
      },
      sometimes);
  draft.category(
      "last_deposit_offer",
      {"存100送100", "存168得504", "存200送240", "存228得684", "存300送600", "存500送1200"},
      "最近参加的预存活动",
      [](Subscriber& s) {
        return s.contract == ContractKind::fee || s.random.chance(60) ? s.random.skewed(6)
                                                                      : unknown;
      },
      sometimes);
  draft.number("deposit_left", 2, "预存款余额，元", [](Subscriber& s) {
    return s.contract == ContractKind::fee ? s.random.below(50'000) : 0;
  });
  draft.number("gift_fee_left_months", 0, "赠费剩余月数", [](Subscriber& s) {
    return s.contract == ContractKind::fee ? s.random.below(s.contract_months + 1) : 0;
  });
}

void add_spend(Draft& draft) {
  draft.number("last_bill", 2, "上月账单，元", [](Subscriber& s) { return s.bill; });
  draft.number("arpu_3m", 2, "近3月月均消费，元", [](Subscriber& s) { return s.arpu_3m; });
  draft.number("arpu_12m", 2, "近12月月均消费，元", [](Subscriber& s) { return s.arpu_12m; });
  draft.number("overage_fee", 2, "上月套外流量费，元", [](Subscriber& s) { return s.overage_fee; });
  draft.number("value_added_fee", 2, "上月增值业务费，元",
               [](Subscriber& s) { return s.value_added_fee; });
  draft.number(
      "intl_fee_12m", 2, "近12月国际及漫游费，元",
      [](Subscriber& s) {
        return s.random.chance(20 + s.wealth / 12) ? s.random.skewed(60'000) : 0;
      },
      25);
}

}  // namespace

void add_plan_tags(Draft& draft) {
  draft.kind(TagKind::basic);
  add_plan(draft);
  add_contract(draft);
  add_spend(draft);
}

}  // namespace muster::generate
