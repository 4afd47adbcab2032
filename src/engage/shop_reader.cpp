#include "engage/shop_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/json_document.hpp"
#include "muster/engage/ledger.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view directory_keys[] = {"time_zone", "shops", "installers", "order_sources"};
constexpr std::array<std::string_view, shop_tables> table_keys{"installers", "order_sources"};
constexpr std::string_view shop_keys[] = {"id",   "name",           "longitude", "latitude",
                                          "area", "daily_capacity", "hours"};
constexpr NumberRange longitudes{-180, 180};
constexpr NumberRange latitudes{-90, 90};
constexpr NumberRange capacities{0, max_count, true};

/// Reads the file with what catalogues are read with: hours, time zones and ids mean the same.
class ShopReader {
 public:
  ShopReader(const Limits& limits, const JsonDocument& document)
      : context_(limits, document.problems()) {
    JsonObject top(document.root(), "a shop directory", directory_keys, context_.findings);
    if (top) read(top);
  }

  Result<ShopText> finish() && {
    auto& findings = context_.findings;
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
    if (!findings.empty()) return to_error(std::move(findings));
    return std::move(text_);
  }

 private:
  void read(JsonObject& top) {
    if (const auto zone = top.find("time_zone")) {
      text_.time_zone = context_.zone(*zone, "'time_zone'").value_or(text_.time_zone);
    }
    if (const auto shops = top.require("shops")) read_list(*shops);
    for (std::size_t table = 0; table < shop_tables; ++table) {
      if (const auto links = top.find(table_keys[table])) read_table(*links, table);
    }
  }

  void read_list(JsonNode list) {
    if (!expect_array(list, "'shops'", context_.findings) ||
        !context_.within(list, context_.limits.max_shops, "shops", "max_shops")) {
      return ids_.set_incomplete();
    }
    for (const JsonNode shop : list.elements()) read_shop(shop);
  }

  void read_shop(JsonNode node) {
    JsonObject object(node, "a shop", shop_keys, context_.findings);
    if (!object) return ids_.set_incomplete();
    Shop shop;
    shop.id = ids_.add(object, context_);
    check_id(object, shop.id);
    shop.name = object.string_or("name", shop.id);
    shop.place.longitude = require_number(object, "longitude", longitudes, context_.findings);
    shop.place.latitude = require_number(object, "latitude", latitudes, context_.findings);
    shop.area = object.string_or("area", "");
    shop.daily_capacity = static_cast<std::uint64_t>(
        number_or(object, "daily_capacity", capacities, 0, context_.findings));
    if (const auto hours = object.find("hours")) shop.hours = read_hours(*hours, context_);
    text_.shops.push_back(std::move(shop));
  }

  // What the ledger takes for an id.
  void check_id(const JsonObject& object, std::string_view id) {
    if (id.size() <= max_id_bytes) return;
    context_.note(Errc::bad_setting, object.find("id")->range(),
                  fmt::format("a shop's id has {} bytes at most", max_id_bytes));
  }

  void read_table(JsonNode node, std::size_t table) {
    const std::string what = in_quotes(table_keys[table]);
    if (!expect_object(node, what, context_.findings) ||
        !context_.within(node, context_.limits.max_shop_links, what, "max_shop_links")) {
      return;
    }
    for (const JsonMember member : node.members()) {
      const auto find = [&](JsonNode shop) { return ids_.find(shop, context_); };
      text_.tables[table].emplace_back(
          member.key, read_distinct<std::uint32_t>(member.value, in_quotes(member.key), "a shop",
                                                   context_, find));
    }
  }

  CatalogueContext context_;
  CatalogueIds ids_{"shop", Errc::unknown_shop};
  ShopText text_;
};

}  // namespace

Result<ShopText> read_shops(std::string_view json, const Limits& limits) {
  const auto document = JsonDocument::parse(json, limits.max_catalogue_bytes);
  if (!document) return document.error();
  return ShopReader(limits, *document).finish();
}

}  // namespace muster
