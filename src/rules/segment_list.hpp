#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_hash.hpp"
#include "muster/rules/formula.hpp"

namespace muster {

/// A named rule and what became of it.
struct DefinedSegment {
  enum class State : std::uint8_t { unchecked, right, wrong };

  std::string name;
  std::string text;  ///< empty where it came as a tree
  Expr rule;
  bool parsed = false;
  State state = State::unchecked;
  std::vector<Diagnostic> errors;
  Formula when_true;
  Formula when_false;
  std::size_t literals_true = 0;  ///< comparisons with segments spelt out
  std::size_t literals_false = 0;
  std::uint32_t depth = 0;
  bool may_be_null = false;

  const Formula& formula(bool negated) const { return negated ? when_false : when_true; }
};

/// Segments by number and by name.
class SegmentList {
 public:
  std::uint32_t size() const { return static_cast<std::uint32_t>(segments_.size()); }
  DefinedSegment& operator[](std::uint32_t segment) { return segments_[segment]; }
  const DefinedSegment& operator[](std::uint32_t segment) const { return segments_[segment]; }

  std::optional<std::uint32_t> find(std::string_view name) const {
    const auto at = by_name_.find(name);
    if (at == by_name_.end()) return {};
    return at->second;
  }

  /// REQUIRES: a new name.
  DefinedSegment& add(std::string_view name) {
    DefinedSegment& segment = segments_.emplace_back();
    segment.name = name;
    by_name_.emplace(segment.name, size() - 1);
    return segment;
  }

 private:
  std::deque<DefinedSegment> segments_;  // deque: names stay where the map points
  NameMap<std::uint32_t> by_name_;
};

}  // namespace muster
