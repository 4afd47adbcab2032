#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "muster/engage/shops.hpp"

namespace muster {

/// Shops by place: an R-tree over points of the unit sphere, so that neither poles nor the date
/// line are anything special. Chords are as long as great circles are, in order.
class ShopMap {
 public:
  explicit ShopMap(const std::vector<Shop>& shops);
  ~ShopMap();
  ShopMap(ShopMap&&) noexcept;

  /// Shows all shops, nearest first, those of one distance by position, until `see` says false.
  void visit(GeoPoint place, const std::function<bool(std::uint32_t shop)>& see) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace muster
