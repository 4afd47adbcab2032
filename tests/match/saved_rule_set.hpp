#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "core/checksum.hpp"
#include "match/rule_set_body.hpp"
#include "match/saved_predicates.hpp"
#include "match/telco.hpp"

namespace muster::testing {

using Bytes = std::vector<std::byte>;

inline RuleSet random_rules(int count, const CompileOptions& options = {}) {
  RuleSetBuilder builder(telco_schema());
  RandomRules random(31);
  for (unsigned i = 0; i < 5; ++i) {
    builder.define("s" + std::to_string(i), random.next(2, i)).value();
  }
  for (int i = 0; i < count; ++i) builder.add(random.next(3, 5)).value();
  return std::move(builder).compile(options).value();
}

/// Why bytes are refused.
inline Error failure(const Bytes& bytes, const Limits& limits = {}) {
  const auto loaded = RuleSet::load(bytes, {}, limits);
  EXPECT_FALSE(loaded);
  return loaded ? Error{} : loaded.error();
}

/// Header and checksum for a payload.
inline Bytes envelope(const Bytes& payload, std::uint32_t version = 1) {
  ByteWriter out;
  for (const char c : std::string_view("MUSTERRS")) out.put(c);
  out.put(version);
  out.put(checksum(payload.data(), payload.size()));
  out.put_bytes(payload);
  return std::move(out).take();
}

/// The parts of a saved rule set, to be bent one at a time.
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

}  // namespace muster::testing
