#include "generate/draft.hpp"
#include "generate/market.hpp"

namespace muster::generate {
namespace {

const Handset& handset_of(const Subscriber& s) { return handsets().models[s.handset]; }

std::int64_t if_known(const Subscriber& s, std::int64_t value) {
  return s.handset_known ? value : unknown;
}

Values model_names() {
  Values names;
  for (const Handset& model : handsets().models) names.push_back(model.name);
  return names;
}

void add_handset(Draft& draft) {
  draft.category(
      "terminal_brand", handsets().brands, "终端品牌",
      [](Subscriber& s) { return if_known(s, static_cast<std::int64_t>(handset_of(s).brand)); },
      sometimes);
  draft.category(
      "terminal", model_names(), "终端型号",
      [](Subscriber& s) { return if_known(s, static_cast<std::int64_t>(s.handset)); }, sometimes);
  draft.category(
      "terminal_os", {handset_systems().begin(), handset_systems().end()}, "操作系统",
      [](Subscriber& s) {
        const std::size_t brand = handset_of(s).brand;
        return if_known(s, static_cast<std::int64_t>(handsets().brand_system[brand]));
      },
      sometimes);
  draft.number(
      "terminal_price", 0, "终端上市价，元",
      [](Subscriber& s) { return if_known(s, handset_of(s).price); }, sometimes);
  draft.number(
      "terminal_months", 0, "当前终端使用月数",
      [](Subscriber& s) { return if_known(s, s.handset_months); }, sometimes);
  draft.date(
      "terminal_since", "当前终端首次登网日",
      [](Subscriber& s) {
        return if_known(s, s.today - s.handset_months * 30 - s.random.below(30));
      },
      sometimes);
  draft.boolean(
      "terminal_5g", "终端支持 5G", [](Subscriber& s) { return if_known(s, handset_of(s).five_g); },
      sometimes);
}

void add_network(Draft& draft) {
  draft.boolean("active_5g", "近30天登录 5G 网", [](Subscriber& s) { return s.active_5g; });
  draft.boolean("switch_5g_off", "有 5G 终端但关闭 5G 开关", [](Subscriber& s) {
    return handset_of(s).five_g && !s.active_5g && s.random.chance(500);
  });
  draft.boolean("volte", "已开通 VoLTE",
                [](Subscriber& s) { return s.random.chance(550 + s.tech / 3); });
  draft.boolean("vonr", "已开通 VoNR",
                [](Subscriber& s) { return s.active_5g && s.random.chance(350); });
  draft.boolean("watch_esim", "开通手表 eSIM",
                [](Subscriber& s) { return s.random.chance(s.wealth * s.tech / 12'000); });
  draft.number(
      "signal_score", 0, "常驻小区覆盖评分 0-100",
      [](Subscriber& s) { return clamp(s.random.bell(s.rural ? 66 : 82, 30), 0, 100); }, 45);
  draft.number("drop_calls_30d", 0, "近30天掉话次数",
               [](Subscriber& s) { return s.random.skewed(s.rural ? 9 : 4); });
  draft.number(
      "slow_data_pct", 0, "低速率时段占比，%",
      [](Subscriber& s) { return s.random.skewed(s.rural ? 45 : 25); }, 45);
}

}  // namespace

void add_device_tags(Draft& draft) {
  draft.kind(TagKind::basic);
  add_handset(draft);
  draft.kind(TagKind::application);
  add_network(draft);
}

}  // namespace muster::generate
