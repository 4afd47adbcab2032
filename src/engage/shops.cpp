#include "muster/engage/shops.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "core/mapped_file.hpp"
#include "core/text_hash.hpp"
#include "engage/shop_map.hpp"
#include "engage/shop_reader.hpp"

namespace muster {
namespace {

constexpr std::int32_t days_ahead = 7;

}  // namespace

struct ShopDirectory::Body {
  explicit Body(ShopText some) : text(std::move(some)), map(text.shops) {
    for (std::uint32_t i = 0; i < text.shops.size(); ++i) {
      ids.emplace(text.shops[i].id, i);
      if (!text.shops[i].area.empty()) areas[text.shops[i].area].push_back(i);
    }
    for (std::size_t table = 0; table < shop_tables; ++table) {
      for (const auto& [name, shops] : text.tables[table]) tables[table].emplace(name, &shops);
    }
  }

  std::span<const std::uint32_t> find(ShopTable table, std::string_view name) const {
    const auto& links = tables[static_cast<std::size_t>(table)];
    const auto found = links.find(name);
    return found == links.end() ? std::span<const std::uint32_t>() : *found->second;
  }
  std::span<const std::uint32_t> in_area(std::string_view area) const {
    const auto found = areas.find(area);
    return found == areas.end() ? std::span<const std::uint32_t>() : found->second;
  }

  ShopText text;
  ShopMap map;
  NameMap<std::uint32_t> ids;
  NameMap<std::vector<std::uint32_t>> areas;
  std::array<NameMap<const std::vector<std::uint32_t>*>, shop_tables> tables;
};

Result<ShopDirectory> ShopDirectory::from_json(std::string_view json, const Limits& limits) {
  auto text = read_shops(json, limits);
  if (!text) return text.error();
  return ShopDirectory(std::make_shared<const Body>(std::move(*text)));
}

Result<ShopDirectory> ShopDirectory::read(const std::filesystem::path& file, const Limits& limits) {
  const auto mapped = MappedFile::open(file, limits.max_catalogue_bytes);
  if (!mapped) return mapped.error();
  return from_json(mapped->text(), limits);
}

const TimeZone& ShopDirectory::time_zone() const noexcept { return body_->text.time_zone; }
std::span<const Shop> ShopDirectory::shops() const noexcept { return body_->text.shops; }

std::size_t ShopDirectory::find(std::string_view id) const noexcept {
  const auto found = body_->ids.find(id);
  return found == body_->ids.end() ? shops().size() : found->second;
}

std::vector<std::uint32_t> ShopDirectory::nearest(GeoPoint place, std::size_t most) const {
  std::vector<std::uint32_t> found;
  if (most == 0) return found;
  body_->map.visit(place, [&](std::uint32_t shop) {
    found.push_back(shop);
    return found.size() < most;
  });
  return found;
}

std::vector<std::uint32_t> ShopDirectory::directed(const ShopWish& wish) const {
  std::vector<std::uint32_t> found;
  for (const auto& shops :
       {body_->find(ShopTable::installers, wish.installer),
        body_->find(ShopTable::order_sources, wish.order_source), body_->in_area(wish.area)}) {
    for (const std::uint32_t shop : shops) {
      if (std::find(found.begin(), found.end(), shop) == found.end()) found.push_back(shop);
    }
  }
  return found;
}

std::vector<std::string> ShopDirectory::installers_of(std::string_view shop) const {
  std::vector<std::string> names;
  const auto position = static_cast<std::uint32_t>(find(shop));
  for (const auto& [name, shops] :
       body_->text.tables[static_cast<std::size_t>(ShopTable::installers)]) {
    if (std::find(shops.begin(), shops.end(), position) != shops.end()) names.push_back(name);
  }
  return names;
}

std::optional<Moment> ShopDirectory::opens(const Shop& shop, Moment now) const {
  const LocalTime local = time_zone().local(now);
  if (shop.open(local)) return now;
  if (local.day > last_date) return std::nullopt;
  for (std::int32_t ahead = 0; ahead <= days_ahead; ++ahead) {
    const Date day{local.day.days + ahead};
    std::optional<Moment> first;
    for (const Hours& hours : shop.hours) {
      const Moment begins = time_zone().at({day, hours.from});
      const bool counts = begins > now && shop.open(time_zone().local(begins));
      if (counts && (!first || begins < *first)) first = begins;
    }
    if (first) return first;
  }
  return std::nullopt;
}

std::optional<ShopChoice> ShopDirectory::next_best(const ShopWish& wish,
                                                   std::span<const std::string> tried,
                                                   const ShopTime& time) const {
  const auto choice = [&](std::uint32_t position, bool directed) -> std::optional<ShopChoice> {
    const Shop& shop = shops()[position];
    if (std::find(tried.begin(), tried.end(), shop.id) != tried.end()) return std::nullopt;
    const auto open_at = opens(shop, time.now);
    if (!open_at || *open_at > time.until) return std::nullopt;
    const Date day = time_zone().local(*open_at).day;
    const bool full =
        shop.daily_capacity != 0 && time.used && time.used(shop, day) >= shop.daily_capacity;
    if (full) return std::nullopt;
    return ShopChoice{position, *open_at, day, directed};
  };
  for (const std::uint32_t shop : directed(wish)) {
    if (const auto chosen = choice(shop, true)) return chosen;
  }
  std::optional<ShopChoice> chosen;
  if (!wish.place) return chosen;
  body_->map.visit(*wish.place, [&](std::uint32_t shop) {
    chosen = choice(shop, false);
    return !chosen;
  });
  return chosen;
}

}  // namespace muster
