#pragma once

#include <vector>

#include "rules/lower.hpp"
#include "rules/simplify.hpp"

namespace muster {

/// Checks segments in the order they need each other, and finds those that need themselves.
/// Walks with a stack of its own: chains of segments may be long.
class SegmentCheck {
 public:
  /// All are borrowed.
  SegmentCheck(SegmentList& segments, Lowering& lowering, Simplifier& simplifier,
               const Limits& limits)
      : segments_(segments), lowering_(lowering), simplifier_(simplifier), limits_(limits) {}

  /// Checks a segment and all it needs, unless they are checked already.
  void run(std::uint32_t segment);
  /// Checks what a rule refers to.
  void run_references(const Expr& rule);
  /// A new segment may be what another one lacked.
  void forget_errors();

 private:
  struct Visit {
    std::size_t order = 0;   // 1 for the first segment ever visited, and so on
    std::size_t lowest = 0;  // of those that can be reached again
    bool open = false;       // its component is not complete
    std::uint32_t component = 0;
  };
  struct Frame {
    std::uint32_t segment;
    std::size_t next_node;
  };

  void open(std::uint32_t segment);
  bool descend(Frame& frame);
  void close(std::uint32_t segment);
  bool parse_rule(DefinedSegment& segment);
  void check(std::uint32_t segment);
  bool lower(DefinedSegment& segment, bool negated);
  void fail(std::uint32_t segment, std::vector<Diagnostic> errors);
  void fail_cycle(const std::vector<std::uint32_t>& members);
  Diagnostic cycle_at(std::uint32_t member, std::size_t& steps);
  std::vector<std::uint32_t> shortest_cycle(std::uint32_t member, std::size_t& steps);

  SegmentList& segments_;
  Lowering& lowering_;
  Simplifier& simplifier_;
  const Limits& limits_;
  std::vector<Visit> visits_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> component_;  // members so far, of all open components
  std::vector<std::uint32_t> wrong_;
  std::size_t visited_ = 0;
  std::size_t first_of_run_ = 0;
  std::uint32_t components_ = 0;
};

}  // namespace muster
