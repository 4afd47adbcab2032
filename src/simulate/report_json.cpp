#include "core/json_builder.hpp"
#include "simulate/report.hpp"

namespace muster::simulate {
namespace {

void write(JsonBuilder& json, std::string_view key, Proportion proportion) {
  json.object(key, [&] {
    json.whole("of", proportion.trials);
    json.whole("are", proportion.successes);
  });
}

void write_channels(JsonBuilder& json, const Catalogue& catalogue, const Figures& figures) {
  json.array("channels", [&] {
    for (std::size_t i = 0; i < figures.channels.size(); ++i) {
      json.object([&] {
        json.text("id", catalogue.channels()[i].id);
        json.whole("contacts", figures.channels[i].contacts);
        write(json, "success", figures.channels[i].success);
      });
    }
  });
}

void write(JsonBuilder& json, std::string_view key, const World& world) {
  const Figures figures = add_up(world);
  json.object(key, [&] {
    json.whole("customers", figures.customers);
    json.whole("contacts", figures.contacts);
    write(json, "success", figures.success);
    write(json, "talks", figures.talks);
    write(json, "participation", figures.participation);
    write(json, "repeats", figures.repeats);
    write(json, "crowded", figures.crowded);
    write(json, "off_target", figures.off_target);
    json.whole("unasked", figures.unasked);
    json.whole("turned_away", figures.turned_away);
    json.number("contact_cost", static_cast<double>(figures.contact_cost) / 100);
    json.number("value", static_cast<double>(figures.value) / 100);
    json.number("gifts", static_cast<double>(figures.gifts) / 100);
    json.number("net", static_cast<double>(figures.net()) / 100);
    write(json, "takers", figures.takers);
    write(json, "takers_held_out", figures.takers_held_out);
    write(json, "left", figures.left);
    write_channels(json, world.market().catalogue(), figures);
  });
}

}  // namespace

std::string to_json(const Simulation& simulation) {
  const MarketSize& size = simulation.market().size();
  JsonBuilder json;
  json.object([&] {
    json.text("catalogue", simulation.market().catalogue().version());
    json.whole("users", size.people);
    json.whole("weeks", static_cast<std::uint64_t>(size.weeks));
    json.whole("seed", size.seed);
    json.whole("base", size.customer_base);
    write(json, "alone", simulation.alone());
    write(json, "old_way", simulation.old_way());
    write(json, "muster", simulation.muster());
  });
  return std::move(json).take() + "\n";
}

}  // namespace muster::simulate
