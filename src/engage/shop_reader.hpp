#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "muster/engage/shops.hpp"

namespace muster {

/// Tables of names to shops' positions, best first.
enum class ShopTable : std::uint8_t { installers, order_sources };
inline constexpr std::size_t shop_tables = 2;

/// What a directory file says, checked throughout.
struct ShopText {
  TimeZone time_zone;
  std::vector<Shop> shops;
  using Links = std::vector<std::pair<std::string, std::vector<std::uint32_t>>>;
  std::array<Links, shop_tables> tables;
};

Result<ShopText> read_shops(std::string_view json, const Limits& limits);

}  // namespace muster
