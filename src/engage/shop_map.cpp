#include "engage/shop_map.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cmath>
#include <numbers>
#include <utility>

namespace muster {
namespace {

namespace geometry = boost::geometry;
using SpherePoint = geometry::model::point<double, 3, geometry::cs::cartesian>;
using PlacedShop = std::pair<SpherePoint, std::uint32_t>;
constexpr double mean_earth_radius = 6'371'008.8;  // metres

double radians(double degrees) { return degrees * (std::numbers::pi / 180); }

SpherePoint on_sphere(GeoPoint place) {
  const double longitude = radians(place.longitude), latitude = radians(place.latitude);
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude),
          std::sin(latitude)};
}

}  // namespace

double metres_between(GeoPoint from, GeoPoint to) noexcept {
  // The haversine formula, which keeps its digits for places that are near.
  const double north = std::sin(radians(to.latitude - from.latitude) / 2);
  const double east = std::sin(radians(to.longitude - from.longitude) / 2);
  const double part = north * north + std::cos(radians(from.latitude)) *
                                          std::cos(radians(to.latitude)) * east * east;
  return 2 * mean_earth_radius * std::asin(std::sqrt(std::min(part, 1.0)));
}

struct ShopMap::Tree {
  geometry::index::rtree<PlacedShop, geometry::index::quadratic<16>> places;
};

ShopMap::ShopMap(const std::vector<Shop>& shops) {
  std::vector<PlacedShop> places;
  for (const Shop& shop : shops) {
    places.emplace_back(on_sphere(shop.place), static_cast<std::uint32_t>(places.size()));
  }
  tree_ = std::make_unique<Tree>(Tree{{places.begin(), places.end()}});
}
ShopMap::~ShopMap() = default;
ShopMap::ShopMap(ShopMap&&) noexcept = default;

void ShopMap::visit(GeoPoint place, const std::function<bool(std::uint32_t)>& see) const {
  if (!place.on_globe()) return;
  const SpherePoint here = on_sphere(place);
  const auto& places = tree_->places;
  std::vector<std::uint32_t> tied;
  auto next = places.qbegin(geometry::index::nearest(here, static_cast<unsigned>(places.size())));
  while (next != places.qend()) {
    const double distance = geometry::comparable_distance(here, next->first);
    tied.clear();
    for (; next != places.qend() && geometry::comparable_distance(here, next->first) == distance;
         ++next) {
      tied.push_back(next->second);
    }
    std::sort(tied.begin(), tied.end());
    for (const std::uint32_t shop : tied) {
      if (!see(shop)) return;
    }
  }
}

}  // namespace muster
