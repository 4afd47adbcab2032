#include "rules/segment_check.hpp"

#include <algorithm>

namespace muster {
namespace {

Diagnostic as_diagnostic(const Error& error) {
  return {Severity::error, error.code, {}, error.message, {}};
}

}  // namespace

void SegmentCheck::run_references(const Expr& rule) {
  for (const Expr::Node& node : rule.nodes()) {
    if (node.op != Expr::Op::segment) continue;
    if (const auto segment = segments_.find(rule.text(node))) run(*segment);
  }
}

/// Tarjan's strongly connected components, needed ones first.
void SegmentCheck::run(std::uint32_t root) {
  if (segments_[root].state != DefinedSegment::State::unchecked) return;
  visits_.resize(segments_.size());
  first_of_run_ = visited_ + 1;
  open(root);
  while (!frames_.empty()) {
    if (descend(frames_.back())) continue;
    const std::uint32_t segment = frames_.back().segment;
    frames_.pop_back();
    const std::size_t lowest = visits_[segment].lowest;
    if (lowest == visits_[segment].order) close(segment);
    if (!frames_.empty()) {
      Visit& parent = visits_[frames_.back().segment];
      parent.lowest = std::min(parent.lowest, lowest);
    }
  }
}

void SegmentCheck::open(std::uint32_t segment) {
  ++visited_;
  visits_[segment] = {visited_, visited_, true, 0};
  component_.push_back(segment);
  frames_.push_back({segment, 0});
  if (!parse_rule(segments_[segment])) segments_[segment].rule.clear();
}

/// Goes on to a segment that this one needs; false where there is none left.
bool SegmentCheck::descend(Frame& frame) {
  const Expr& rule = segments_[frame.segment].rule;
  while (frame.next_node < rule.nodes().size()) {
    const Expr::Node& node = rule.nodes()[frame.next_node++];
    if (node.op != Expr::Op::segment) continue;
    const auto needed = segments_.find(rule.text(node));
    if (!needed || segments_[*needed].state != DefinedSegment::State::unchecked) continue;
    const Visit& visit = visits_[*needed];
    if (visit.order < first_of_run_) {
      open(*needed);
      return true;
    }
    Visit& own = visits_[frame.segment];
    if (visit.open) own.lowest = std::min(own.lowest, visit.order);
  }
  return false;
}

/// All that the component needs is checked.
void SegmentCheck::close(std::uint32_t segment) {
  const auto begin = std::find(component_.rbegin(), component_.rend(), segment).base() - 1;
  const std::vector<std::uint32_t> members(begin, component_.end());
  component_.erase(begin, component_.end());
  ++components_;
  for (const std::uint32_t member : members) {
    visits_[member].open = false;
    visits_[member].component = components_;
  }
  std::size_t steps = 0;
  const bool cycle = members.size() > 1 || !shortest_cycle(segment, steps).empty();
  if (cycle) {
    fail_cycle(members);
  } else {
    check(segment);
  }
}

bool SegmentCheck::parse_rule(DefinedSegment& segment) {
  if (segment.parsed) return true;
  const Result<void> parsed = parse_into(segment.rule, segment.text, limits_);
  segment.parsed = parsed.has_value();
  if (parsed) return true;
  segment.errors = parsed.error().diagnostics;
  if (segment.errors.empty()) segment.errors.push_back(as_diagnostic(parsed.error()));
  return false;
}

void SegmentCheck::check(std::uint32_t number) {
  DefinedSegment& segment = segments_[number];
  if (!segment.parsed) {
    segment.state = DefinedSegment::State::wrong;  // for ever: no need to remember it
    return;
  }
  segment.state = DefinedSegment::State::right;
  if (lower(segment, false) && lower(segment, true)) return;
  fail(number, lowering_.diagnostics().take());
}

bool SegmentCheck::lower(DefinedSegment& segment, bool negated) {
  lowering_.run(segment.rule, negated ? Wanted::is_false : Wanted::is_true);
  if (!lowering_.diagnostics().empty()) return false;
  simplifier_.run(lowering_.root_first(), negated ? segment.when_false : segment.when_true);
  (negated ? segment.literals_false : segment.literals_true) = lowering_.literals();
  segment.depth = std::max(segment.depth, lowering_.depth());
  segment.may_be_null = lowering_.may_be_null();
  return true;
}

void SegmentCheck::fail(std::uint32_t segment, std::vector<Diagnostic> errors) {
  segments_[segment].state = DefinedSegment::State::wrong;
  segments_[segment].errors = std::move(errors);
  wrong_.push_back(segment);
}

void SegmentCheck::forget_errors() {
  for (const std::uint32_t segment : wrong_) {
    segments_[segment].state = DefinedSegment::State::unchecked;
    segments_[segment].errors.clear();
  }
  wrong_.clear();
}

}  // namespace muster
