#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "match/saved_rule_set.hpp"

namespace muster {
namespace {

using testing::Bytes;
using testing::envelope;
using testing::failure;
using testing::Parts;
using testing::random_rules;
using testing::RandomPrograms;

constexpr std::size_t header_size = 20;

TEST(DamagedRuleSet, RefusesEveryFlippedByte) {
  const Bytes good = random_rules(8).save();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      Bytes bad = good;
      bad[i] ^= static_cast<std::byte>(flip);
      const Error error = failure(bad);
      const bool in_version = i >= 8 && i < 12;
      EXPECT_EQ(error.code, in_version && error.code != Errc::corrupt ? Errc::unsupported_version
                                                                      : Errc::corrupt)
          << i;
    }
  }
}

TEST(DamagedRuleSet, RefusesEveryTruncation) {
  const Bytes good = random_rules(8).save();
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(failure(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))).code,
              Errc::corrupt);
  }
  Bytes longer = good;
  longer.push_back(std::byte{0});
  EXPECT_EQ(failure(longer).code, Errc::corrupt);
}

// With the checksum made right again nothing may crash, and what loads must be usable.
TEST(DamagedRuleSet, SurvivesDamageThatTheChecksumHides) {
  const Bytes good = random_rules(8).save();
  RandomPrograms random(77, 1);
  for (int i = 0; i < 20'000; ++i) {
    Bytes payload(good.begin() + header_size, good.end());
    for (std::uint32_t flips = 1 + random.below(3); flips > 0; --flips) {
      payload[random.below(static_cast<std::uint32_t>(payload.size()))] =
          static_cast<std::byte>(random.below(256));
    }
    if (random.below(4) == 0)
      payload.resize(random.below(static_cast<std::uint32_t>(payload.size())));
    const auto rules = RuleSet::load(envelope(payload));
    if (!rules) continue;
    Scratch scratch(*rules);
    std::vector<RuleId> ids(rules->size());
    const std::vector<std::uint64_t> user(rules->encoder().words());
    const std::size_t found = rules->match(user, scratch, ids);
    std::size_t expected = 0;
    for (RuleId id = 0; id < rules->size(); ++id) expected += rules->matches(user, id);
    ASSERT_EQ(found, expected);
  }
}

TEST(DamagedRuleSet, NamesWhatIsWrongWithTheEnvelope) {
  const Bytes payload = Parts().payload();
  Bytes wrong_sum = envelope(payload);
  wrong_sum[12] ^= std::byte{1};
  Bytes cut = envelope(payload);
  cut.resize(15);
  const std::vector<std::tuple<Bytes, Errc, const char*>> cases = {
      {{}, Errc::corrupt, "these bytes are not a saved rule set"},
      {Bytes(100), Errc::corrupt, "these bytes are not a saved rule set"},
      {envelope(payload, 2), Errc::unsupported_version,
       "the saved rule set has version 2; this library reads version 1"},
      {envelope(payload, 0), Errc::corrupt, "the saved rule set is damaged: there is no version 0"},
      {wrong_sum, Errc::corrupt, "the saved rule set is damaged: its checksum is wrong"},
      {cut, Errc::corrupt, "the saved rule set is damaged: it is cut short"},
  };
  for (const auto& [bytes, code, message] : cases) {
    const Error error = failure(bytes);
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.message, message);
  }
}

struct Lie {
  std::function<void(Parts&)> tell;
  const char* message;  // behind "the saved rule set is damaged: "
};

TEST(DamagedRuleSet, NamesWhatIsWrongWithThePayload) {
  const std::vector<Lie> lies = {
      {[](Parts& p) { p.schema = "{"; }, nullptr},
      {[](Parts& p) { p.schema = R"({"tags": [{"name": "vip", "type": "boo"}]})"; }, nullptr},
      {[](Parts& p) { p.predicates[0].tag = TagId{5}; },
       "predicate 0 names a tag that the schema lacks"},
      {[](Parts& p) {
         p.predicates[1] = Parts::predicate(2, {2, 0});
       },
       "predicate 1 has values out of order"},
      {[](Parts& p) {
         p.predicates[1] = Parts::predicate(2, {2, 2});
       },
       "predicate 1 has values out of order"},
      {[](Parts& p) { p.predicates[1] = Parts::predicate(2, {3}); },
       "predicate 1 does not suit its tag"},
      {[](Parts& p) { p.predicates[0] = Parts::predicate(0, {2}); },
       "predicate 0 does not suit its tag"},
      {[](Parts& p) { p.predicates[0].none_of = true; }, "predicate 0 does not suit its tag"},
      {[](Parts& p) { p.predicates[0].null = true; }, "predicate 0 is not in its canonical form"},
      {[](Parts& p) { p.predicates[0].aspect = Aspect::days_until; },
       "predicate 0 does not suit its tag"},
      {[](Parts& p) { p.predicates[2] = Parts::predicate(1, {0}); },
       "predicate 2 does not suit its tag"},
      {[](Parts& p) {
         p.predicates[0] = Parts::line(0, {{1, false}});
       },
       "predicate 0 does not suit its tag"},
      {[](Parts& p) {
         p.predicates[2] = Parts::line(1, {{3, true}, {3, false}});
       },
       "predicate 2 has values out of order"},
      {[](Parts& p) {
         p.predicates[2] = Parts::line(4, {{3, true}});
       },
       "predicate 2 is not in its canonical form"},
      {[](Parts& p) { p.shared_size = 2; }, "among its shared programs, program 1 is cut short"},
      {[](Parts& p) {
         p.shared = {2, 8, 0};
       },
       "a shared program reads a later one"},
      {[](Parts& p) { p.shared.push_back(0); },
       "among its shared programs, bytes follow the last program"},
      {[](Parts& p) {
         p.rules = {3, 0, 10, 4, 0};
       },
       "among its rules, program 1 has a literal that does not exist"},
      {[](Parts& p) { p.rules = {3, 0, 1, 4, 0, 0}; },
       "among its rules, program 1 has a group with too few operands"},
      {[](Parts& p) { p.rules_size = 1000; },
       "among its rules, there are fewer bytes than programs"},
      {[](Parts& p) { p.frequencies.pop_back(); }, "its length is wrong"},
      {[](Parts& p) { p.frequencies.push_back(0); }, "its length is wrong"},
      {[](Parts& p) { p.more = [](ByteWriter& out) { out.put(std::uint8_t{0}); }; },
       "its length is wrong"},
  };
  for (const Lie& lie : lies) {
    Parts parts;
    lie.tell(parts);
    const Error error = failure(envelope(parts.payload()));
    EXPECT_EQ(error.code, Errc::corrupt);
    const std::string start = "the saved rule set is damaged: ";
    if (lie.message != nullptr) {
      EXPECT_EQ(error.message, start + lie.message);
    } else {
      EXPECT_TRUE(error.message.starts_with(start)) << error.message;
    }
  }
}

// A payload that ends within each part, or whose part says that it is longer than all the rest.
TEST(DamagedRuleSet, NamesThePartThatIsCutShort) {
  const Parts parts;
  const Bytes whole = parts.payload();
  const std::size_t predicates = 8 + parts.schema.size();
  ByteWriter saved;
  write_predicates(saved, parts.predicates);
  const std::size_t shared = predicates + std::move(saved).take().size();
  const std::size_t rules = shared + 16 + parts.shared.size();
  const std::vector<std::tuple<std::size_t, const char*>> cases = {
      {0, "its schema is cut short"},
      {predicates - 1, "its schema is cut short"},
      {predicates + 8, "there are fewer bytes than predicates"},
      {shared, "its shared programs are cut short"},
      {rules - 1, "its shared programs are cut short"},
      {rules, "its rules are cut short"},
      {rules + 15 + parts.rules.size(), "its rules are cut short"},
      {whole.size() - 1, "its length is wrong"},
  };
  for (const auto& [size, message] : cases) {
    const Error error = failure(envelope(Bytes(whole.data(), whole.data() + size)));
    EXPECT_EQ(error.code, Errc::corrupt);
    EXPECT_EQ(error.message, std::string("the saved rule set is damaged: ") + message) << size;
  }
  for (const auto& [at, message] : std::vector<std::tuple<std::size_t, const char*>>{
           {0, "its schema is cut short"},
           {predicates, "there are fewer bytes than predicates"},
           {shared + 8, "its shared programs are cut short"},
           {rules + 8, "its rules are cut short"}}) {
    Bytes payload = whole;
    payload[at + 7] = std::byte{0xff};
    EXPECT_EQ(failure(envelope(payload)).message,
              std::string("the saved rule set is damaged: ") + message);
  }
}

TEST(DamagedRuleSet, RefusesPredicatesThatCanNotBeRead) {
  Parts parts;
  Bytes payload = parts.payload();
  payload[8 + parts.schema.size() + 8 + 2] = std::byte{2};  // neither the value nor the days until
  const Error error = failure(envelope(payload));
  EXPECT_EQ(error.code, Errc::corrupt);
  EXPECT_EQ(error.message, "the saved rule set is damaged: predicate 0 can not be read");
}

TEST(DamagedRuleSet, RefusesNumbersThatAreNone) {
  const auto load_cut = [](double nearest, std::int16_t rest) {
    Parts parts;
    parts.predicates[2] = Parts::line(1, {{12345, false}});
    Bytes payload = parts.payload();
    ByteWriter marker;
    marker.put(12345.0);
    const Bytes look_for = std::move(marker).take();
    const auto at = std::search(payload.begin(), payload.end(), look_for.begin(), look_for.end());
    ByteWriter number;
    number.put(nearest);
    number.put(rest);
    const Bytes bytes = std::move(number).take();
    std::copy(bytes.begin(), bytes.end(), at);
    return RuleSet::load(envelope(payload)).has_value();
  };
  constexpr double two_to_63 = 9223372036854775808.0;
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(load_cut(1.5, 0));
  EXPECT_TRUE(load_cut(infinity, 0));
  EXPECT_TRUE(load_cut(two_to_63 / 2, 2));
  EXPECT_TRUE(load_cut(two_to_63, -512));
  EXPECT_TRUE(load_cut(-two_to_63, 512));
  EXPECT_FALSE(load_cut(std::numeric_limits<double>::quiet_NaN(), 0));
  EXPECT_FALSE(load_cut(-0.0, 0));
  EXPECT_FALSE(load_cut(1.5, 1));
  EXPECT_FALSE(load_cut(1.0, 1));
  EXPECT_FALSE(load_cut(infinity, 1));
  EXPECT_FALSE(load_cut(two_to_63, 1));
  EXPECT_FALSE(load_cut(two_to_63, -513));
  EXPECT_FALSE(load_cut(two_to_63 * 2, -1));
  EXPECT_FALSE(load_cut(-two_to_63, -1));
}

}  // namespace
}  // namespace muster
