#include "engage/hand_off_text.hpp"

#include "core/json_builder.hpp"
#include "engage/kept_text.hpp"

namespace muster {
namespace {

template <class Enum>
std::uint64_t number_of(Enum value) {
  return static_cast<std::uint64_t>(value);
}

void write_order(JsonBuilder& json, const WorkOrder& order) {
  json.whole("order", order.id);
  json.whole("task", order.task);
  json.whole("accept_within", static_cast<std::uint64_t>(order.terms.accept_within));
  json.whole("finish_within", static_cast<std::uint64_t>(order.terms.finish_within));
  json.whole("remind_before", static_cast<std::uint64_t>(order.terms.remind_before));
  json.whole("offers", order.terms.offers);
  json.whole("state", number_of(order.state));
  json.text("shop", order.shop);
  json.array("tried", [&] {
    for (const std::string& shop : order.tried) json.text(shop);
  });
  json.text("due", kept_moment(order.due));
  json.text("finish_by", kept_moment(order.finish_by));
  json.flag("reminded", order.reminded);
  json.whole("outcome", number_of(order.outcome));
  json.text("text", order.text);
}

void write_wish(JsonBuilder& json, const ShopWish& wish) {
  if (wish.place) {
    json.number("longitude", wish.place->longitude);
    json.number("latitude", wish.place->latitude);
  }
  json.text("installer", wish.installer);
  json.text("order_source", wish.order_source);
  json.text("area", wish.area);
}

WorkOrder read_order(KeptText& kept) {
  WorkOrder order;
  order.id = kept.whole("order");
  order.task = kept.whole("task");
  order.terms.accept_within = static_cast<std::int64_t>(kept.whole("accept_within"));
  order.terms.finish_within = static_cast<std::int64_t>(kept.whole("finish_within"));
  order.terms.remind_before = static_cast<std::int64_t>(kept.whole("remind_before"));
  order.terms.offers = static_cast<std::uint32_t>(kept.whole("offers", max_offers));
  order.state = kept.number_of<WorkOrderState>("state", work_order_states);
  order.shop = kept.text("shop");
  order.tried = kept.texts("tried");
  order.due = kept.moment("due");
  order.finish_by = kept.moment("finish_by");
  order.reminded = kept.flag("reminded");
  order.outcome = kept.number_of<Outcome>("outcome", outcomes);
  order.text = kept.text("text");
  return order;
}

ShopWish read_wish(KeptText& kept) {
  ShopWish wish;
  if (kept.has("longitude")) {
    wish.place = GeoPoint{kept.number("longitude"), kept.number("latitude")};
  }
  wish.installer = kept.text("installer");
  wish.order_source = kept.text("order_source");
  wish.area = kept.text("area");
  return wish;
}

}  // namespace

std::string to_text(const HandOff& hand_off) {
  JsonBuilder json;
  json.object([&] {
    write_order(json, hand_off.order);
    write_wish(json, hand_off.wish);
    json.text("note", hand_off.note);
    json.whole("before", number_of(hand_off.before));
    if (hand_off.day) json.text("day", to_string(*hand_off.day));
  });
  return std::move(json).take();
}

Result<HandOff> read_hand_off(std::string_view text) {
  KeptText kept(text);
  HandOff hand_off{read_order(kept), read_wish(kept), kept.text("note"),
                   kept.number_of<TaskState>("before", task_states), std::nullopt};
  if (kept.has("day")) hand_off.day = parse_date(kept.text("day"));
  const bool sound = kept.sound() && hand_off.day.has_value() == kept.has("day");
  if (sound) return hand_off;
  return Error{Errc::corrupt, "the ledger holds a hand-off that can not be read", {}};
}

}  // namespace muster
