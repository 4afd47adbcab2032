#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

/// Monitors that begin on the third line.
std::string monitors(const std::string& list) {
  return R"("channels": [{"id": "call"}, {"id": "shop"}], "policies": [{"id": "P1", "name": "n", "segment": "ok"}, {"id": "Q1", "name": "n", "segment": "ok"}],
"monitors": )" +
         list;
}

TEST(ReadMonitors, ReadsEveryKey) {
  const Catalogue catalogue = catalogue_from(monitors(R"([
    {"id": "wins", "rate": "success", "target": 0.16},
    {"id": "late", "rate": "lateness", "policies": ["Q1", "P1"], "channels": ["shop"], "target": 0.05,
     "slack": 1, "threshold": 4, "least": 7}])"));
  const auto found = catalogue.monitors();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].id, "wins");
  EXPECT_EQ(found[0].rate, WatchedRate::success);
  EXPECT_TRUE(found[0].policies.empty());
  EXPECT_TRUE(found[0].channels.empty());
  EXPECT_EQ(found[0].target, 0.16);
  EXPECT_EQ(found[0].slack, 0.5);
  EXPECT_EQ(found[0].threshold, 5);
  EXPECT_EQ(found[0].least, 20u);
  EXPECT_EQ(found[1].rate, WatchedRate::lateness);
  EXPECT_EQ(found[1].policies, (std::vector<PolicyId>{0, 1}));
  EXPECT_EQ(found[1].channels, (std::vector<ChannelId>{1}));
  EXPECT_EQ(found[1].slack, 1);
  EXPECT_EQ(found[1].threshold, 4);
  EXPECT_EQ(found[1].least, 7u);
  EXPECT_TRUE(catalogue_from(monitors("[]")).monitors().empty());
}

TEST(ReadMonitors, SaysEverythingThatIsWrong) {
  EXPECT_EQ(errors_in(monitors("{}")),
            (Lines{"3:13: error: 'monitors' must be an array, not an object"}));
  EXPECT_EQ(
      errors_in(monitors(R"([
1,
{},
{"id": "a", "rate": "sucess", "target": 0, "policy": "P1"},
{"id": "a", "rate": "refusal", "target": 1, "policies": ["P2"], "channels": ["fax"]},
{"id": "b", "rate": "refusal", "target": 0.5, "slack": -1, "threshold": 0, "least": 0.5},
{"id": "c", "rate": "refusal", "target": 0.5, "policies": [], "channels": ["shop", "shop"]}])")),
      (Lines{"4:1: error: a monitor must be an object, not a number",
             "5:1: error: a monitor needs the key 'id'",
             "5:1: error: a monitor needs the key 'rate'",
             "5:1: error: a monitor needs the key 'target'",
             "6:21: error: 'rate' must be success, refusal, unreachable or lateness, not 'sucess'; "
             "did you mean 'success'?",
             "6:41: error: 'target' must be a number from 1e-09 to 0.999999999",
             "6:44: error: a monitor has no key 'policy'",
             "7:8: error: another monitor has the id 'a' already",
             "7:42: error: 'target' must be a number from 1e-09 to 0.999999999",
             "7:58: error: unknown policy 'P2'; did you mean 'P1'?",
             "7:78: error: unknown channel 'fax'",
             "8:56: error: 'slack' must be a number from 0 to 1000",
             "8:73: error: 'threshold' must be a number from 1e-09 to 1000",
             "8:85: error: 'least' must be a whole number from 1 to 1000000000",
             "9:59: error: 'policies' may not be empty", "9:84: error: a channel is named twice"}));
}

TEST(ReadMonitors, AreNotMoreThanTheLimit) {
  const auto many = [](std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) {
      list += (i == 0 ? "" : ",") + std::string(R"({"id": "m)") + std::to_string(i) +
              R"(", "rate": "success", "target": 0.5})";
    }
    return errors_in(monitors(list + "]"));
  };
  EXPECT_EQ(many(max_monitors), (Lines{"no error"}));
  EXPECT_EQ(many(max_monitors + 1),
            (Lines{"3:13: error: 1001 monitors are more than max_monitors (1000)"}));
}

}  // namespace
}  // namespace muster
