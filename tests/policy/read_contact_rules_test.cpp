#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;
using Kind = ContactRule::Kind;

/// Contact rules that begin on the third line.
std::string rules(const std::string& entries) {
  return R"("policies": [], "channels": [{"id": "a"}, {"id": "b"}], "contact_rules": [)" +
         ("\n" + entries) + "]";
}

TEST(ReadContactRules, ReadsEveryKind) {
  const Catalogue catalogue = catalogue_from(rules(R"(
    {"id": "weekly", "kind": "cap", "most": 2, "per": "household", "of": "group",
     "within": {"weeks": 1}, "channels": ["b", "a"]},
    {"id": "declined", "kind": "cool_down", "after": "declined", "of": "policy", "per": "account",
     "within": {"rolling_days": 90}},
    {"id": "night", "kind": "quiet_hours", "hours": [{"from": "21:00", "until": "09:00"}]},
    {"id": "dnc", "kind": "do_not_contact", "when": "ok", "channels": ["a"]},
    {"id": "plain", "kind": "cap", "most": 0, "within": "ever"})"));
  const auto found = catalogue.contact_rules();
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0].id, "weekly");
  EXPECT_EQ(found[0].kind, Kind::cap);
  EXPECT_EQ(found[0].most, 2u);
  EXPECT_EQ(found[0].scope, ContactRule::Scope::household);
  EXPECT_EQ(found[0].counts, ContactRule::Counts::group);
  EXPECT_EQ(found[0].span.unit, ContactSpan::Unit::weeks);
  EXPECT_EQ(found[0].channels, (std::vector<ChannelId>{0, 1}));
  EXPECT_EQ(found[1].kind, Kind::cool_down);
  EXPECT_EQ(found[1].outcome, Outcome::declined);
  EXPECT_EQ(found[1].scope, ContactRule::Scope::account);
  EXPECT_EQ(found[1].counts, ContactRule::Counts::policy);
  EXPECT_EQ(found[1].span.count, 90u);
  EXPECT_TRUE(found[1].channels.empty());
  EXPECT_EQ(found[2].kind, Kind::quiet_hours);
  ASSERT_EQ(found[2].hours.size(), 1u);
  EXPECT_EQ(found[2].hours[0].from, 75'600);
  EXPECT_EQ(found[3].kind, Kind::do_not_contact);
  EXPECT_EQ(found[3].when, "ok");
  EXPECT_EQ(found[3].channels, (std::vector<ChannelId>{0}));
  EXPECT_EQ(found[4].scope, ContactRule::Scope::user);
  EXPECT_EQ(found[4].counts, ContactRule::Counts::all);
  EXPECT_EQ(found[4].most, 0u);
}

TEST(ReadContactRules, NeedWhatTheirKindNeeds) {
  EXPECT_EQ(errors_in("\"policies\": [], \"contact_rules\": 1"),
            (Lines{"2:34: error: 'contact_rules' must be an array, not a number"}));
  EXPECT_EQ(errors_in(rules(R"(1, {},
{"id": "", "kind": "cap"},
{"id": "a", "kind": "cool_down"},
{"id": "b", "kind": "quiet_hours"},
{"id": "b", "kind": "do_not_contact"},
{"id": "c", "kind": "caps"})")),
            (Lines{"3:1: error: a contact rule must be an object, not a number",
                   "3:4: error: a contact rule needs the key 'id'",
                   "3:4: error: a contact rule needs the key 'kind'",
                   "4:1: error: a contact rule needs the key 'within'",
                   "4:1: error: a contact rule needs the key 'most'",
                   "4:8: error: a contact rule's id is empty",
                   "5:1: error: a contact rule needs the key 'within'",
                   "5:1: error: a contact rule needs the key 'after'",
                   "6:1: error: a contact rule needs the key 'hours'",
                   "7:1: error: a contact rule needs the key 'when'",
                   "7:8: error: another contact rule has the id 'b' already",
                   "8:21: error: 'kind' must be cap, cool_down, quiet_hours or do_not_contact, "
                   "not 'caps'; did you mean 'cap'?"}));
}

TEST(ReadContactRules, RefuseKeysOfOtherKinds) {
  EXPECT_EQ(
      errors_in(rules(
          R"({"id": "a", "kind": "cool_down", "after": "declined", "within": "ever", "most": 1},
{"id": "b", "kind": "cap", "most": 1, "within": "ever", "after": "declined", "hours": [{}], "when": "ok"},
{"id": "c", "kind": "quiet_hours", "hours": [{}], "per": "user", "of": "all", "within": "ever"})")),
      (Lines{"3:73: error: a cool_down has no key 'most'; it is for cap",
             "4:57: error: a cap has no key 'after'; it is for cool_down",
             "4:78: error: a cap has no key 'hours'; it is for quiet_hours",
             "4:93: error: a cap has no key 'when'; it is for do_not_contact",
             "5:51: error: a quiet_hours has no key 'per'; it is for cap or cool_down",
             "5:66: error: a quiet_hours has no key 'of'; it is for cap or cool_down",
             "5:79: error: a quiet_hours has no key 'within'; it is for cap or cool_down"}));
}

TEST(ReadContactRules, SaysWhatIsWrong) {
  EXPECT_EQ(
      errors_in(rules(
          R"({"id": "a", "kind": "cap", "most": 1000001, "within": "ever", "per": "usr", "of": "x"},
{"id": "b", "kind": "cool_down", "after": "decline", "within": "ever", "channels": ["aa", "b", "b"]},
{"id": "c", "kind": "do_not_contact", "when": "okk", "channels": [], "wen": 1})")),
      (Lines{"3:36: error: 'most' must be a whole number from 0 to 1000000",
             "3:70: error: 'per' must be user, account or household, not 'usr'; did you mean "
             "'user'?",
             "3:83: error: 'of' must be all, channel, policy or group, not 'x'",
             "4:43: error: 'after' must be none, accepted, declined, deferred, unreachable "
             "or expired, not 'decline'; did you mean 'declined'?",
             "4:85: error: unknown channel 'aa'", "4:96: error: a channel is named twice",
             "5:48: error: unknown tag 'okk'; did you mean 'ok'?",
             "5:66: error: 'channels' may not be empty",
             "5:70: error: a contact rule has no key 'wen'; did you mean 'when'?"}));
}

TEST(ReadContactRules, AreLimited) {
  Limits limits;
  limits.max_contact_rules = 1;
  const std::string rule = R"("kind": "quiet_hours", "hours": [{}]})";
  EXPECT_EQ(errors_in(rules(R"({"id": "a", )" + rule + R"(, {"id": "b", )" + rule), limits),
            (Lines{"2:74: error: 2 contact rules are more than max_contact_rules (1)"}));
  EXPECT_EQ(errors_in(rules(R"({"id": "a", )" + rule), limits), (Lines{"no error"}));
}

}  // namespace
}  // namespace muster
