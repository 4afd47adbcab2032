#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/limits.hpp"
#include "muster/core/time_zone.hpp"
#include "muster/policy/channel.hpp"

namespace muster {

/// A place on the globe, in degrees.
struct GeoPoint {
  double longitude = 0;  ///< −180 to 180, east is positive
  double latitude = 0;   ///< −90 to 90, north is positive
  bool on_globe() const noexcept {
    return -180 <= longitude && longitude <= 180 && -90 <= latitude && latitude <= 90;
  }
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// Along the surface of a sphere of the Earth's mean radius: within 0.6 % of the true distance.
MUSTER_EXPORT double metres_between(GeoPoint from, GeoPoint to) noexcept;

struct Shop {
  std::string id;
  std::string name;
  GeoPoint place;
  std::string area;                  ///< may be empty
  std::uint64_t daily_capacity = 0;  ///< hand-offs a day; 0: no limit
  std::vector<Hours> hours;          ///< open in any of them; empty: always

  /// By the directory's clocks.
  bool open(LocalTime time) const noexcept {
    for (const Hours& some : hours) {
      if (some.contains(time)) return true;
    }
    return hours.empty();
  }
};

/// Whom a hand-off is for. Where several are given, an installer's shops come before those of the
/// order's source, these before those of the area, and all before the nearest ones.
struct ShopWish {
  std::optional<GeoPoint> place = {};  ///< nearest first from here; none: only shops directed to
  std::string installer = {};          ///< names that the directory does not know direct nowhere
  std::string order_source = {};
  std::string area = {};
  friend bool operator==(const ShopWish&, const ShopWish&) = default;
};

/// When a shop is needed, and what is taken already.
struct ShopTime {
  Moment now;
  Moment until;  ///< a shop must be open at some time from now on up to here
  /// Hand-offs that a shop has on a day; empty: none.
  std::function<std::uint64_t(const Shop& shop, Date day)> used = {};
};

struct ShopChoice {
  std::uint32_t shop = 0;  ///< position in ShopDirectory::shops()
  Moment opens;            ///< when it is open first, now or later
  Date day;                ///< by the directory's calendar; whose capacity is taken
  bool directed = false;   ///< by a table; else it is the nearest
  friend bool operator==(const ShopChoice&, const ShopChoice&) = default;
};

/// The shops that hand-offs may go to, from one JSON file:
///
///     {"time_zone": "Asia/Shanghai",
///      "shops": [{"id": "s1", "name": "东门店", "longitude": 116.4, "latitude": 39.9,
///                 "area": "东城", "daily_capacity": 40, "hours": [{"from": "09:00"}]}],
///      "installers": {"i7": ["s1"]}, "order_sources": {"app": ["s1"]}}
///
/// Only "shops" must be there. Immutable, thread-safe, cheap to copy.
class MUSTER_EXPORT ShopDirectory {
 public:
  /// Reads and checks everything; on failure the diagnostics hold all errors of the file. Fails
  /// with the codes of JSON, unknown_shop, bad_setting, duplicate_name, unknown_time_zone and limit
  /// (max_catalogue_bytes, max_shops, max_shop_links). O(n log n).
  static Result<ShopDirectory> from_json(std::string_view json, const Limits& limits = {});
  /// The same of a file; fails with io besides.
  static Result<ShopDirectory> read(const std::filesystem::path& file, const Limits& limits = {});

  const TimeZone& time_zone() const noexcept;
  /// In order of the file.
  std::span<const Shop> shops() const noexcept;
  /// Position of a shop, or shops().size(). O(1).
  std::size_t find(std::string_view id) const noexcept;

  /// By great circle, ties in order of the file; up to `most`, none from a place off the globe.
  /// O(most × log shops), typically.
  std::vector<std::uint32_t> nearest(GeoPoint place, std::size_t most) const;
  /// Those that the tables direct a wish to, best first, each once.
  std::vector<std::uint32_t> directed(const ShopWish& wish) const;
  /// Installers of a shop, in order of the file. O(installers).
  std::vector<std::string> installers_of(std::string_view shop) const;

  /// When a shop is open next, from `now` on; nothing where that is more than a week away.
  std::optional<Moment> opens(const Shop& shop, Moment now) const;

  /// The best shop for a wish that is open in time, has capacity left that day and is not among the
  /// ids `tried`; nothing where there is none.
  std::optional<ShopChoice> next_best(const ShopWish& wish, std::span<const std::string> tried,
                                      const ShopTime& time) const;

 private:
  struct Body;
  explicit ShopDirectory(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
