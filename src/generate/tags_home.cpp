#include "generate/draft.hpp"
#include "generate/market.hpp"

namespace muster::generate {
namespace {

std::int64_t if_broadband(const Subscriber& s, std::int64_t value) {
  return s.broadband ? value : unknown;
}

/// Better paid plans come with faster lines.
std::int64_t speed(Subscriber& s) {
  constexpr std::int64_t speeds[] = {100, 200, 300, 500, 1000, 2000};
  const std::int64_t best = 1 + plans()[s.plan].fee / 60;
  return speeds[clamp(best - s.random.below(3), 0, 5)];
}

void add_broadband(Draft& draft) {
  draft.boolean("broadband", "已装宽带", [](Subscriber& s) { return s.broadband; });
  draft.number(
      "broadband_mbps", 0, "宽带速率，Mbps",
      [](Subscriber& s) { return if_broadband(s, speed(s)); }, sometimes);
  draft.date(
      "宽带到期日", "broadband paid until",
      [](Subscriber& s) {
        return if_broadband(s, s.contract == ContractKind::broadband
                                   ? s.contract_end
                                   : s.today + s.random.between(-20, 360));
      },
      sometimes);
  draft.number(
      "broadband_fee", 0, "宽带月费，元",
      [](Subscriber& s) {
        return if_broadband(s, plans()[s.plan].fee >= 79 ? 0 : 10 * s.random.between(2, 6));
      },
      sometimes);
  draft.number(
      "broadband_faults_6m", 0, "近6月宽带故障次数",
      [](Subscriber& s) { return if_broadband(s, s.random.skewed(3 + s.discontent / 250)); },
      sometimes);
  draft.number(
      "broadband_hours_day", 1, "宽带日均在线，小时",
      [](Subscriber& s) { return if_broadband(s, clamp(s.random.bell(110, 110), 0, 240)); },
      sometimes);
  draft.boolean(
      "competitor_broadband", "用竞对宽带",
      [](Subscriber& s) { return !s.broadband && !s.student && s.random.chance(480); }, 260);
  draft.boolean(
      "fibre_available", "住址有光纤资源",
      [](Subscriber& s) { return s.broadband || s.random.chance(s.rural ? 600 : 930); }, 80);
  draft.number(
      "free_ports", 0, "住址分光器空闲端口", [](Subscriber& s) { return s.random.skewed(16); }, 90);
}

void add_household(Draft& draft) {
  draft.boolean("family_group", "已组家庭网", [](Subscriber& s) { return s.family; });
  draft.number("family_members", 0, "家庭网成员数",
               [](Subscriber& s) { return s.family ? s.random.between(2, 6) : 1; });
  draft.category(
      "家庭角色", {"户主", "配偶", "子女", "父母"}, "role in the family group",
      [](Subscriber& s) {
        if (!s.family) return unknown;
        if (s.age < 25) return std::int64_t{2};
        return s.age > 60 ? std::int64_t{3} : s.random.below(2);
      },
      sometimes);
  draft.boolean("iptv", "已装 IPTV",
                [](Subscriber& s) { return s.broadband && s.random.chance(620); });
  draft.number(
      "iptv_hours_30d", 0, "近30天 IPTV 收视，小时",
      [](Subscriber& s) { return if_broadband(s, s.random.skewed(240)); }, sometimes);
  draft.boolean("mesh_wifi", "全屋 Wi-Fi",
                [](Subscriber& s) { return s.broadband && s.random.chance(40 + s.wealth / 4); });
  draft.boolean("fttr", "FTTR 全屋光纤",
                [](Subscriber& s) { return s.broadband && s.random.chance(s.wealth / 12); });
  draft.number("smart_devices", 0, "智能家居设备数",
               [](Subscriber& s) { return s.broadband ? s.random.skewed(2 + s.tech / 60) : 0; });
  draft.boolean("home_camera", "家庭看护摄像头",
                [](Subscriber& s) { return s.broadband && s.random.chance(130); });
  draft.boolean("fixed_line", "有固话",
                [](Subscriber& s) { return s.random.chance(s.age > 50 ? 190 : 35); });
}

}  // namespace

void add_home_tags(Draft& draft) {
  draft.kind(TagKind::basic);
  add_broadband(draft);
  add_household(draft);
}

}  // namespace muster::generate
