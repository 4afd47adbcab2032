#include "core/json_builder.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace muster {
namespace {

TEST(JsonBuilder, PutsCommasBetween) {
  JsonBuilder json;
  json.array([&] {
    json.object([&] {
      json.text("a{[:", "x{[:");
      json.array("list", [&] {
        json.text("{");
        json.text("[");
        json.array([] {});
        json.object([] {});
      });
      json.object("inner", [&] { json.flag("yes", true); });
      json.whole("n", 18'446'744'073'709'551'615U);
      json.flag("no", false);
    });
    json.text("end");
  });
  EXPECT_EQ(std::move(json).take(),
            R"([{"a{[:":"x{[:","list":["{","[",[],{}],"inner":{"yes":true},)"
            R"("n":18446744073709551615,"no":false},"end"])");
}

TEST(JsonBuilder, WritesNumbersInTheirShortestForm) {
  JsonBuilder json;
  json.object([&] {
    json.number("a", 0.1);
    json.number("b", -3);
    json.number("c", 1e300);
    json.number("d", std::numeric_limits<double>::infinity());
    json.number("e", std::numeric_limits<double>::quiet_NaN());
  });
  EXPECT_EQ(std::move(json).take(), R"({"a":0.1,"b":-3,"c":1e+300,"d":null,"e":null})");
}

TEST(JsonBuilder, MendsTextsThatAreNotUtf8) {
  JsonBuilder json;
  json.object([&] {
    json.text("k\xff",
              "价\xe4\xb8"
              "!");
  });
  EXPECT_EQ(std::move(json).take(), "{\"k\uFFFD\":\"价\uFFFD\uFFFD!\"}");
}

}  // namespace
}  // namespace muster
