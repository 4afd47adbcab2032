#include "muster/engage/shops.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

// West to east along a street in Beijing; b has the shortest hours.
constexpr std::string_view street = R"({"time_zone": "Asia/Shanghai", "shops": [
  {"id": "a", "name": "西店", "longitude": 116.30, "latitude": 39.9, "area": "西城", "daily_capacity": 2,
   "hours": [{"from": "09:00", "until": "21:00"}]},
  {"id": "b", "longitude": 116.40, "latitude": 39.9, "area": "东城",
   "hours": [{"days": ["mon", "tue"], "from": "10:00", "until": "12:00"}]},
  {"id": "c", "longitude": 116.50, "latitude": 39.9, "area": "东城"}],
"installers": {"i1": ["c", "a"], "i2": ["a"]}, "order_sources": {"app": ["b"]}})";

ShopDirectory shops() { return ShopDirectory::from_json(street).value(); }
Moment at(std::string_view text) { return parse_moment(text).value(); }

/// The ids in order of being the next best.
std::string order_of(const ShopWish& wish, const ShopTime& time) {
  const ShopDirectory directory = shops();
  std::vector<std::string> tried;
  std::string order;
  while (const auto choice = directory.next_best(wish, tried, time)) {
    tried.push_back(directory.shops()[choice->shop].id);
    order += tried.back() + (choice->directed ? "! " : " ");
  }
  return order;
}

std::string errors_of(const std::string& json, const Limits& limits = {}) {
  const auto directory = ShopDirectory::from_json(json, limits);
  if (directory) return "no error";
  std::string text;
  for (const std::string& line : first_lines(directory.error().diagnostics, json)) {
    text += line + "\n";
  }
  return text;
}

TEST(Shops, AreReadWithTheirTables) {
  const ShopDirectory directory = shops();
  EXPECT_EQ(directory.time_zone().name(), "Asia/Shanghai");
  ASSERT_EQ(directory.shops().size(), 3u);
  const Shop& shop = directory.shops()[0];
  EXPECT_EQ(shop.name, "西店");
  EXPECT_EQ(shop.place, (GeoPoint{116.3, 39.9}));
  EXPECT_EQ(shop.area, "西城");
  EXPECT_EQ(shop.daily_capacity, 2u);
  EXPECT_EQ(shop.hours.size(), 1u);
  EXPECT_EQ(directory.shops()[1].name, "b");
  EXPECT_EQ(directory.find("c"), 2u);
  EXPECT_EQ(directory.find("d"), 3u);
  EXPECT_EQ(directory.installers_of("a"), (Lines{"i1", "i2"}));
  EXPECT_EQ(directory.installers_of("b"), Lines{});
  EXPECT_EQ(directory.installers_of("d"), Lines{});
  EXPECT_EQ(directory.directed({{}, "i1", "app", "东城"}), (std::vector<std::uint32_t>{2, 0, 1}));
  EXPECT_EQ(directory.directed({{}, "nobody", "nothing", "nowhere"}),
            (std::vector<std::uint32_t>{}));
}

TEST(Shops, NextBestIsDirectedThenNear) {
  const ShopTime monday{at("2026-03-02T10:30:00+08:00"), at("2026-03-02T18:00:00+08:00")};
  EXPECT_EQ(order_of({GeoPoint{116.41, 39.9}, "", "", ""}, monday), "b c a ");
  EXPECT_EQ(order_of({GeoPoint{116.20, 39.9}, "", "", ""}, monday), "a b c ");
  EXPECT_EQ(order_of({GeoPoint{116.41, 39.9}, "i2", "", ""}, monday), "a! b c ");
  EXPECT_EQ(order_of({GeoPoint{116.41, 39.9}, "i1", "app", ""}, monday), "c! a! b! ");
  EXPECT_EQ(order_of({{}, "", "app", "东城"}, monday), "b! c! ");
  EXPECT_EQ(order_of({}, monday), "");
}

TEST(Shops, NextBestIsOpenInTime) {
  const ShopWish near_b{GeoPoint{116.41, 39.9}, "", "", ""};
  const auto order = [&](const char* now, const char* until) {
    return order_of(near_b, {at(now), at(until)});
  };
  EXPECT_EQ(order("2026-03-02T12:00:00+08:00", "2026-03-02T18:00:00+08:00"), "c a ");
  EXPECT_EQ(order("2026-03-02T22:00:00+08:00", "2026-03-02T23:00:00+08:00"), "c ");
  EXPECT_EQ(order("2026-03-02T22:00:00+08:00", "2026-03-03T09:00:00+08:00"), "c a ");
  EXPECT_EQ(order("2026-03-02T22:00:00+08:00", "2026-03-03T10:00:00+08:00"), "b c a ");
}

TEST(Shops, NextBestHasCapacityThatDay) {
  ShopTime time{at("2026-03-02T22:00:00+08:00"), at("2026-03-04T22:00:00+08:00")};
  const ShopWish wish{{}, "i2", "", ""};
  std::string asked;
  std::uint64_t used = 1;
  time.used = [&](const Shop& shop, Date day) {
    asked += shop.id + " " + to_string(day);
    return used;
  };
  EXPECT_EQ(order_of(wish, time), "a! ");
  EXPECT_EQ(asked, "a 2026-03-03");  // when it opens
  used = 2;
  EXPECT_EQ(order_of(wish, time), "");
}

TEST(Shops, KnowWhenTheyOpen) {
  const ShopDirectory directory = shops();
  const auto opens = [&](std::size_t shop, const char* now) {
    const auto moment = directory.opens(directory.shops()[shop], at(now));
    return moment ? to_string(*moment) : "never";
  };
  EXPECT_EQ(opens(0, "2026-03-02T20:59:59+08:00"), "2026-03-02T12:59:59Z");
  EXPECT_EQ(opens(0, "2026-03-02T21:00:00+08:00"), "2026-03-03T01:00:00Z");
  EXPECT_EQ(opens(1, "2026-03-03T12:00:00+08:00"), "2026-03-09T02:00:00Z");  // next Monday
  EXPECT_EQ(opens(2, "2026-03-03T03:00:00+08:00"), "2026-03-02T19:00:00Z");  // always
  for (const Moment extreme : {Moment{INT64_MAX}, Moment{INT64_MIN}}) {
    for (const Shop& shop : directory.shops()) {
      const auto moment = directory.opens(shop, extreme);
      EXPECT_TRUE(!moment || *moment >= extreme) << shop.id;
    }
  }
}

TEST(Shops, DistancesAreGreatCircles) {
  constexpr double radius = 6'371'008.8, pi = 3.14159265358979323846;
  EXPECT_NEAR(metres_between({0, 0}, {90, 0}), radius * pi / 2, 1e-3);
  EXPECT_NEAR(metres_between({0, 0}, {180, 0}), radius * pi, 1e-3);
  EXPECT_NEAR(metres_between({179.5, 0}, {-179.5, 0}), radius * pi / 180, 1e-3);
  EXPECT_NEAR(metres_between({10, 90}, {-77, 90}), 0, 1e-3);
  EXPECT_NEAR(metres_between({116.3975, 39.9087}, {121.4737, 31.2304}), 1'067'000, 3'000);
  EXPECT_EQ(metres_between({5, 5}, {5, 5}), 0);
}

// All over the globe, poles and date line too, against the distances themselves.
TEST(Shops, TheNearestAreTheNearest) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> longitude(-180, 180), latitude(-90, 90);
  std::string json = R"({"shops": [)";
  for (int i = 0; i < 500; ++i) {
    json += fmt::format(R"({}{{"id": "{}", "longitude": {}, "latitude": {}}})", i == 0 ? "" : ",",
                        i, longitude(random), latitude(random));
  }
  const ShopDirectory directory = ShopDirectory::from_json(json + "]}").value();
  for (int round = 0; round < 200; ++round) {
    GeoPoint here{longitude(random), latitude(random)};
    if (round % 4 == 0) here = {round % 8 == 0 ? 180.0 : -180.0, here.latitude};
    if (round % 4 == 1) here.latitude = round % 8 == 1 ? 90 : -90;
    std::vector<double> metres;
    for (const Shop& shop : directory.shops()) metres.push_back(metres_between(here, shop.place));
    const auto found = directory.nearest(here, 20);
    ASSERT_EQ(found.size(), 20u);
    std::vector<double> sorted = metres;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < 20; ++i) ASSERT_NEAR(metres[found[i]], sorted[i], 1e-3) << round;
  }
  EXPECT_EQ(directory.nearest({0, 0}, 1'000).size(), 500u);
  EXPECT_EQ(directory.nearest({0, 0}, 0).size(), 0u);
}

TEST(Shops, AreNearNoPlaceOffTheGlobe) {
  const ShopDirectory shops =
      ShopDirectory::from_json(R"({"shops": [{"id": "a", "longitude": 0, "latitude": 0}]})")
          .value();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(),
                   infinity = std::numeric_limits<double>::infinity();
  for (const GeoPoint place : {GeoPoint{nan, 0}, GeoPoint{0, nan}, GeoPoint{infinity, 0},
                               GeoPoint{180.1, 0}, GeoPoint{0, -90.1}}) {
    EXPECT_TRUE(shops.nearest(place, 9).empty()) << place.longitude << ' ' << place.latitude;
    EXPECT_FALSE(shops.next_best({.place = place}, {}, {Moment{0}, Moment{60}}));
  }
  EXPECT_EQ(shops.nearest({-180, 90}, 9).size(), 1u);
}

TEST(Shops, OfOneDistanceStandInOrderOfTheFile) {
  std::string json = R"({"shops": [)";
  for (int i = 0; i < 40; ++i) {
    json +=
        fmt::format(R"({}{{"id": "{}", "longitude": 7, "latitude": 50}})", i == 0 ? "" : ",", i);
  }
  std::vector<std::uint32_t> expected(40);
  std::iota(expected.begin(), expected.end(), 0u);
  EXPECT_EQ(ShopDirectory::from_json(json + "]}")->nearest({8, 50}, 40), expected);
}

TEST(Shops, SayEverythingThatIsWrong) {
  EXPECT_EQ(errors_of("[]"), "1:1: error: a shop directory must be an object, not an array\n");
  EXPECT_EQ(errors_of("{}"), "1:1: error: a shop directory needs the key 'shops'\n");
  EXPECT_EQ(errors_of(R"({"shops": 1, "installers": {"i": ["s"]}})"),
            "1:11: error: 'shops' must be an array, not a number\n");
  EXPECT_EQ(errors_of(R"({"time_zone": "Mars", "shop": [],
"shops": [{"id": "s1", "longitude": 181, "latitude": 5, "hours": [], "daily_capacity": 0.5},
{"id": "s1", "longitud": 1, "latitude": "x"}, 7],
"installers": {"i1": ["s2"], "i2": [], "i3": ["s1", "s1"]},
"order_sources": []})"),
            "1:15: error: unknown time zone 'Mars'\n"
            "1:23: error: a shop directory has no key 'shop'; did you mean 'shops'?\n"
            "2:37: error: 'longitude' must be a number from -180 to 180\n"
            "2:66: error: 'hours' may not be empty\n"
            "2:88: error: 'daily_capacity' must be a whole number from 0 to 1000000000000000\n"
            "3:1: error: a shop needs the key 'longitude'\n"
            "3:8: error: another shop has the id 's1' already\n"
            "3:14: error: a shop has no key 'longitud'; did you mean 'longitude'?\n"
            "3:41: error: 'latitude' must be a number, not a string\n"
            "3:47: error: a shop must be an object, not a number\n"
            "4:36: error: 'i2' may not be empty\n"
            "4:53: error: a shop is named twice\n"
            "5:18: error: 'order_sources' must be an object, not an array\n");
  EXPECT_EQ(errors_of(R"({"shops": [], "installers": {"i1": ["s2"]}})"),
            "1:37: error: unknown shop 's2'\n");
}

TEST(Shops, AreLimited) {
  Limits limits;
  limits.max_shops = limits.max_shop_links = 1;
  const std::string shop = R"("longitude": 1, "latitude": 1})";
  const std::string two = R"({"shops": [{"id": "a", )" + shop + R"(, {"id": "b", )" + shop + "]}";
  EXPECT_EQ(errors_of(two), "no error");
  EXPECT_EQ(errors_of(two, limits), "1:11: error: 2 shops are more than max_shops (1)\n");
  EXPECT_EQ(errors_of(R"({"shops": [{"id": "a", )" + shop +
                          R"(], "installers": {"i": ["a"], "j": ["a"]}})",
                      limits),
            "1:71: error: 2 'installers' are more than max_shop_links (1)\n");
  EXPECT_EQ(errors_of(R"({"shops": [{"id": "a\u0000", )" + shop + "]}"),
            "1:19: error: a shop's id holds a control character: 'a\\x00'\n");
  EXPECT_EQ(errors_of(R"({"shops": [{"id": ")" + std::string(801, 'a') + "\", " + shop + "]}"),
            "1:19: error: a shop's id has 800 bytes at most\n");
  limits = {};
  limits.max_catalogue_bytes = 20;
  EXPECT_EQ(ShopDirectory::from_json(two, limits).error().code, Errc::limit);
}

TEST(Shops, AreReadFromFiles) {
  const auto missing = ShopDirectory::read("/nowhere/shops.json");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::io);
}

}  // namespace
}  // namespace muster
