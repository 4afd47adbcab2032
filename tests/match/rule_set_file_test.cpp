#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "core/checksum.hpp"
#include "match/rule_set_body.hpp"
#include "match/saved_predicates.hpp"
#include "match/telco.hpp"
#include "muster/match/kernel.hpp"

namespace muster {
namespace {

using testing::random_user;
using testing::RandomPrograms;
using testing::RandomRules;
using testing::telco_schema;
using testing::today;

using Bytes = std::vector<std::byte>;
constexpr std::size_t header_size = 20;

RuleSet random_rules(int count, const CompileOptions& options = {}) {
  RuleSetBuilder builder(telco_schema());
  RandomRules random(31);
  for (unsigned i = 0; i < 5; ++i) {
    builder.define("s" + std::to_string(i), random.next(2, i)).value();
  }
  for (int i = 0; i < count; ++i) builder.add(random.next(3, 5)).value();
  return std::move(builder).compile(options).value();
}

Error failure(const Bytes& bytes, const Limits& limits = {}) {
  const auto loaded = RuleSet::load(bytes, {}, limits);
  EXPECT_FALSE(loaded);
  return loaded ? Error{} : loaded.error();
}

// Header and checksum for a payload.
Bytes envelope(const Bytes& payload, std::uint32_t version = 1) {
  ByteWriter out;
  for (const char c : std::string_view("MUSTERRS")) out.put(c);
  out.put(version);
  out.put(checksum(payload.data(), payload.size()));
  out.put_bytes(payload);
  return std::move(out).take();
}

// The parts of a saved rule set, to be bent one at a time.
struct Parts {
  std::string schema = R"({"tags": [{"name": "vip", "type": "bool"},
      {"name": "fee", "type": "number", "nullable": true},
      {"name": "city", "type": "category", "values": ["A", "B", "C"]},
      {"name": "likes", "type": "set", "values": ["x", "y"]},
      {"name": "ends", "type": "date"}]})";
  std::vector<Predicate> predicates = {predicate(0, {1}), predicate(2, {0, 2}),
                                       line(1, {{30, false}, {60, true}})};
  std::uint64_t shared_size = 1;
  std::vector<std::uint8_t> shared = {2, 4, 0};
  std::uint64_t rules_size = 2;
  std::vector<std::uint8_t> rules = {3, 0, 8, 4, 0};
  std::vector<std::uint16_t> frequencies = {1, 2, 3, 4};
  std::function<void(ByteWriter&)> more = [](ByteWriter&) {};

  static Predicate predicate(unsigned tag, std::initializer_list<int> codes) {
    Predicate out;
    out.tag = TagId(tag);
    for (const int code : codes) out.codes.push_back(CategoryCode(code));
    return out;
  }
  static Predicate line(unsigned tag, std::vector<Cut> cuts) {
    Predicate out;
    out.tag = TagId(tag);
    out.cuts = std::move(cuts);
    return out;
  }

  Bytes payload() const {
    ByteWriter out;
    out.put_block(std::as_bytes(std::span(schema)));
    write_predicates(out, predicates);
    out.put(shared_size);
    out.put_block(std::as_bytes(std::span(shared)));
    out.put(rules_size);
    out.put_block(std::as_bytes(std::span(rules)));
    for (const std::uint16_t frequency : frequencies) out.put(frequency);
    more(out);
    return std::move(out).take();
  }
};

TEST(RuleSetFile, ComesBackAndMatchesTheSame) {
  const RuleSet rules = random_rules(200);
  const Bytes bytes = rules.save();
  for (const std::string_view kernel : kernel_names()) {
    const RuleSet loaded = RuleSet::load(bytes, {kernel}).value();
    EXPECT_EQ(loaded.kernel(), kernel);
    EXPECT_EQ(loaded.size(), rules.size());
    EXPECT_EQ(loaded.save(), bytes);
    EXPECT_EQ(loaded.schema().fingerprint(), rules.schema().fingerprint());
    RandomPrograms random(1, 1);
    Scratch scratch(rules);
    Scratch loaded_scratch(loaded);
    std::vector<RuleId> ids(rules.size());
    std::vector<RuleId> loaded_ids(rules.size());
    for (int i = 0; i < 50; ++i) {
      const User user = random_user(random, rules.schema());
      const auto bits = rules.encoder().encode(user, today).value();
      ASSERT_EQ(loaded.encoder().encode(user, today).value(), bits);
      const std::size_t found = rules.match(bits, scratch, ids);
      ASSERT_EQ(loaded.match(bits, loaded_scratch, loaded_ids), found);
      ASSERT_TRUE(std::equal(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(found),
                             loaded_ids.begin()));
    }
  }
}

TEST(RuleSetFile, IsTheSameForEqualInput) {
  const Bytes bytes = random_rules(100).save();
  for (const std::string_view kernel : kernel_names()) {
    EXPECT_EQ(random_rules(100, {kernel}).save(), bytes);
  }
}

// The format must not drift by accident: what a test wrote by hand is written back.
TEST(RuleSetFile, KeepsItsFormat) {
  const Parts parts;
  const RuleSet rules = RuleSet::load(envelope(parts.payload())).value();
  Parts written;
  written.schema = rules.schema().to_json();
  EXPECT_EQ(rules.save(), envelope(written.payload()));
}

TEST(RuleSetFile, LoadsWhatIsWellFormed) {
  const RuleSet rules = RuleSet::load(envelope(Parts().payload())).value();
  EXPECT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules.encoder().bits(), 3u);
  const std::vector<std::uint64_t> vip_in_a{3};
  EXPECT_FALSE(rules.matches(vip_in_a, 0));
  EXPECT_TRUE(rules.matches(vip_in_a, 1));
}

TEST(RuleSetFile, MayBeEmpty) {
  const RuleSet rules = RuleSet::load(random_rules(0).save()).value();
  EXPECT_EQ(rules.size(), 0u);
}

TEST(RuleSetFile, RefusesEveryFlippedByte) {
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

TEST(RuleSetFile, RefusesEveryTruncation) {
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
TEST(RuleSetFile, SurvivesDamageThatTheChecksumHides) {
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

TEST(RuleSetFile, NamesWhatIsWrongWithTheEnvelope) {
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

TEST(RuleSetFile, NamesWhatIsWrongWithThePayload) {
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
TEST(RuleSetFile, NamesThePartThatIsCutShort) {
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

TEST(RuleSetFile, RefusesPredicatesThatCanNotBeRead) {
  Parts parts;
  Bytes payload = parts.payload();
  payload[8 + parts.schema.size() + 8 + 2] = std::byte{2};  // neither the value nor the days until
  const Error error = failure(envelope(payload));
  EXPECT_EQ(error.code, Errc::corrupt);
  EXPECT_EQ(error.message, "the saved rule set is damaged: predicate 0 can not be read");
}

TEST(RuleSetFile, RefusesNumbersThatAreNone) {
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

TEST(RuleSetFile, KeepsToLimits) {
  const Bytes bytes = envelope(Parts().payload());
  const std::vector<std::tuple<std::function<void(Limits&)>, std::string>> cases = {
      {[&](Limits& limits) { limits.max_saved_bytes = bytes.size() - 1; },
       "the saved rule set has " + std::to_string(bytes.size()) +
           " bytes, more than max_saved_bytes (" + std::to_string(bytes.size() - 1) + ")"},
      {[](Limits& limits) { limits.max_rules = 1; },
       "the saved rule set has 2 rules, more than max_rules (1)"},
      {[](Limits& limits) { limits.max_bits = 2; },
       "the saved rule set is refused: it has 3 predicates, more than max_bits (2)"},
      {[](Limits& limits) { limits.max_shared_segments = 0; },
       "the saved rule set has 1 shared programs, more than max_shared_segments (0)"},
  };
  for (const auto& [set, message] : cases) {
    Limits limits;
    set(limits);
    const Error error = failure(bytes, limits);
    EXPECT_EQ(error.code, Errc::limit);
    EXPECT_EQ(error.message, message);
  }
  Limits tags;
  tags.max_tags = 4;
  EXPECT_EQ(failure(bytes, tags).code, Errc::limit);

  Parts many;
  many.shared_size = CompiledRules::max_shared + 1;
  many.shared.assign(many.shared_size, 0);
  Limits unlimited;
  unlimited.max_shared_segments = SIZE_MAX;
  const Error error = failure(envelope(many.payload()), unlimited);
  EXPECT_EQ(error.code, Errc::limit);
  EXPECT_EQ(
      error.message,
      "the saved rule set has 262145 shared programs, more than max_shared_segments (262144)");
}

TEST(RuleSetFile, MayMeasureASampleAnew) {
  const RuleSet rules = random_rules(50);
  UserTable sample(rules.schema());
  RandomPrograms random(5, 1);
  for (int i = 0; i < 50; ++i) sample.append({}, random_user(random, rules.schema())).value();
  CompileOptions options;
  options.sample = &sample;
  options.sample_today = today;
  const RuleSet loaded = RuleSet::load(rules.save(), options).value();
  EXPECT_NE(loaded.save(), rules.save());
  const std::vector<std::uint64_t> user(rules.encoder().words());
  for (RuleId id = 0; id < rules.size(); ++id) {
    EXPECT_EQ(loaded.matches(user, id), rules.matches(user, id));
  }
}

// A chain of shared programs, each reading the one before it twice: read naively, testing one
// rule would take for ever.
TEST(RuleSetFile, TestsOneRuleOfATangledFileQuickly) {
  Parts parts;
  parts.shared.clear();
  parts.shared_size = 5000;
  parts.frequencies.assign(3 + parts.shared_size, 0);
  ProgramList shared;
  for (std::uint32_t i = 0; i < parts.shared_size; ++i) {
    using Op = ProgramNode::Op;
    const ProgramNode before{Op::literal,
                             i == 0 ? make_literal(0, false) : make_literal(2 + i, false)};
    shared.add(std::vector<ProgramNode>{
        before, {Op::literal, make_literal(1, true)}, before, {Op::any_of, 2}, {Op::all_of, 2}});
  }
  parts.shared.assign(shared.bytes().begin(), shared.bytes().end());
  ProgramList rules;
  rules.add(std::vector<ProgramNode>{{ProgramNode::Op::literal, make_literal(3 + 4999, false)}});
  parts.rules_size = 1;
  parts.rules.assign(rules.bytes().begin(), rules.bytes().end());
  const RuleSet loaded = RuleSet::load(envelope(parts.payload())).value();
  for (std::uint64_t bits = 0; bits < 8; ++bits) {
    const std::vector<std::uint64_t> user{bits};
    Scratch scratch(loaded);
    EXPECT_EQ(loaded.matches(user, 0), bits % 2 == 1);
    EXPECT_EQ(loaded.match(user, scratch, {}), bits % 2);
  }
}

}  // namespace
}  // namespace muster
