#include "rule_sets.hpp"

#include <utility>

namespace muster::bench {
namespace {

constexpr std::size_t segment_count = 40;

Variant variant_called(std::string_view name) {
  return name == "w1" ? Variant::w1 : name == "w3" ? Variant::w3 : Variant::w2;
}

std::string segment_name(std::size_t segment) { return "s" + std::to_string(segment); }

}  // namespace

std::string RuleSource::text(std::size_t rule) const {
  std::string text;
  if (!of.empty()) {
    for (const std::size_t segment : of[rule]) {
      text += "SEGMENT(" + segment_name(segment) + ") AND ";
    }
  }
  return text + to_text(own[rule]);
}

RuleSource rule_source(std::string_view name, std::size_t count) {
  RuleSource source{workload_rules(variant_called(name), count), {}, {}};
  if (name != "sharing") return source;
  source.segments = workload_rules(Variant::w2, segment_count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t first = i % segment_count;
    const std::size_t step = 1 + i / segment_count % (segment_count - 1);
    source.of.push_back({first, (first + step) % segment_count});
  }
  return source;
}

RuleSet compile(const RuleSource& source) {
  RuleSetBuilder builder(workload_schema());
  for (std::size_t i = 0; i < source.segments.size(); ++i) {
    builder.define(segment_name(i), to_text(source.segments[i])).value();
  }
  for (std::size_t i = 0; i < source.own.size(); ++i) builder.add(source.text(i)).value();
  return std::move(builder).compile().value();
}

}  // namespace muster::bench
