#include "match/lower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "match/cancelled.hpp"
#include "match/choose_bits.hpp"
#include "match/segment_plan.hpp"

namespace muster {
namespace {

using Op = ProgramNode::Op;

// A segment referred to once is spelt out where it is used unless it is deeper than this.
constexpr std::size_t spelt_depth = 64;

Error limit(std::string message) { return {Errc::limit, std::move(message), {}}; }

std::vector<std::uint64_t> count_uses(const LowerInput& input, const SegmentPlan& plan) {
  std::vector<std::uint64_t> uses(input.checker.predicates().size());
  const auto count = [&uses](FormulaTape::Node node) {
    if (node.op == Formula::Op::predicate) ++uses[node.arg];
  };
  input.rules.replay(count);
  plan.formulas.replay(count);
  return uses;
}

std::size_t count_used(const ChosenBits& bits) {
  const auto& uses = bits.uses();
  return uses.size() - static_cast<std::size_t>(std::count(uses.begin(), uses.end(), 0u));
}

Result<std::vector<Frequency>> estimate(const LowerInput& input, const ChosenBits& bits) {
  if (input.sample == nullptr || input.sample->size() == 0) {
    return guess_frequencies(input.checker.schema(), bits.predicates(), bits.uses());
  }
  const Encoder encoder(input.checker.schema(), bits.predicates());
  return measure_frequencies(encoder, *input.sample, input.sample_today);
}

// Whether two programs say the opposite of each other, node by node.
bool are_opposite(std::span<const ProgramNode> a, std::span<const ProgramNode> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto x, auto y) {
    if ((x.op == Op::literal) != (y.op == Op::literal)) return false;
    if (x.op == Op::literal) return (x.arg ^ y.arg) == 1;
    return x.op != y.op && x.arg == y.arg;
  });
}

// Turns formulas into programs, segments first.
class Emitter {
 public:
  Emitter(const LowerInput& input, const ChosenBits& bits, const SegmentPlan& plan)
      : input_(input), bits_(bits), plan_(plan) {
    segments_.resize(plan.references.size());
  }

  Result<void> emit(CompiledRules& out) {
    plan_.formulas.replay([this](FormulaTape::Node node) { push(node); },
                          [&](std::size_t i) { end_segment(plan_.order[i], out.shared); });
    if (const std::size_t most = CompiledRules::most_shared(input_.limits);
        out.shared.size() > most) {
      refuse(limit(fmt::format("the rules share {} segments, more than max_shared_segments ({})",
                               out.shared.size(), most)));
    }
    input_.rules.replay([this](FormulaTape::Node node) { push(node); },
                        [&](std::size_t rule) { end_rule(rule, out.rules); });
    out.shared.shrink_to_fit();
    out.rules.shrink_to_fit();
    if (error_) return *error_;
    return {};
  }

 private:
  void push(FormulaTape::Node node) {
    if (error_) return;
    switch (node.op) {
      case Formula::Op::predicate:
        return push(bits_.spelling(node.arg));
      case Formula::Op::segment:
        return push(segments_[segment_side(node.arg, node.negated)]);
      case Formula::Op::all_of:
        return composer_.combine(Op::all_of, node.arg);
      case Formula::Op::any_of:
        return composer_.combine(Op::any_of, node.arg);
      case Formula::Op::always:
      case Formula::Op::never:
        return composer_.push_constant(node.op == Formula::Op::always);
    }
  }

  void push(std::span<const ProgramNode> program) {
    if (program.size() == 1 && program[0].op == Op::literal) {
      composer_.push_literal(program[0].arg);
    } else {
      composer_.push_program(program);
    }
  }

  void end_segment(SegmentSide side, ProgramList& shared) {
    if (error_) return;
    const auto program = composer_.program();
    auto& spelling = segments_[side];
    if (program.size() == 1 || is_spelt_out(side)) {
      spelling.assign(program.begin(), program.end());
    } else if (const auto opposite = opposite_of(side, program, shared)) {
      spelling = {{Op::literal, *opposite}};
    } else {
      spelling = {{Op::literal, share(program, shared)}};
    }
    composer_.clear();
  }

  bool is_spelt_out(SegmentSide side) const {
    return plan_.references[side] < 2 && composer_.depth() <= spelt_depth;
  }

  Literal share(std::span<const ProgramNode> program, ProgramList& shared) {
    check_depth("a segment");
    if (!error_) shared.add(program);
    const std::size_t bit = bits_.predicates().size() + shared.size() - 1;
    return make_literal(static_cast<std::uint32_t>(bit), false);
  }

  // Without NULL in play a segment is FALSE just where it is not TRUE: one shared bit does.
  std::optional<Literal> opposite_of(SegmentSide side, std::span<const ProgramNode> program,
                                     const ProgramList& shared) {
    const auto& other = segments_[side ^ 1];
    if (other.size() != 1 || other[0].op != Op::literal) return std::nullopt;
    const std::size_t bits = bits_.predicates().size();
    if (bit_of(other[0].arg) < bits || is_negated(other[0].arg)) return std::nullopt;
    shared.read(bit_of(other[0].arg) - bits, other_program_);
    if (!are_opposite(program, other_program_)) return std::nullopt;
    return other[0].arg ^ 1;
  }

  void end_rule(std::size_t rule, ProgramList& rules) {
    if (error_) return;
    if (rule % rules_between_reports == 0) report(rule);
    check_depth("a rule");
    if (!error_) rules.add(composer_.program());
    composer_.clear();
  }

  void check_depth(const char* what) {
    if (composer_.depth() <= ProgramList::max_depth) return;
    refuse(limit(
        fmt::format("{} is nested {} deep when compiled, more than ProgramList::max_depth ({})",
                    what, composer_.depth(), ProgramList::max_depth)));
  }

  void report(std::size_t done) {
    if (input_.run.progress) input_.run.progress(done, input_.rules.size());
    if (is_cancelled(input_.run.cancel)) refuse(compiling_was_cancelled());
  }

  void refuse(Error error) {
    if (!error_) error_ = std::move(error);
  }

  const LowerInput& input_;
  const ChosenBits& bits_;
  const SegmentPlan& plan_;
  std::vector<std::vector<ProgramNode>> segments_;  // by side: how a reference to it reads
  std::vector<ProgramNode> other_program_;
  ProgramComposer composer_;
  std::optional<Error> error_;
};

}  // namespace

Result<Lowered> lower(const LowerInput& input) {
  const Schema& schema = input.checker.schema();
  const SegmentPlan plan = plan_segments(input.checker, input.rules);
  ChosenBits bits = ChosenBits::choose(input.checker.predicates(), count_uses(input, plan));
  if (const std::size_t used = count_used(bits); used > input.limits.max_bits) {
    return limit(fmt::format("the rules need {} distinct tests of tags, more than max_bits ({})",
                             used, input.limits.max_bits));
  }
  Result<std::vector<Frequency>> frequencies = estimate(input, bits);
  if (!frequencies) return frequencies.error();
  bits.settle(schema, *frequencies);

  Lowered out{{Encoder(schema, bits.predicates()), {}, {}}, std::move(*frequencies)};
  const Result<void> emitted = Emitter(input, bits, plan).emit(out.compiled);
  if (!emitted) return emitted.error();
  append_shared(out.frequencies, out.compiled.shared);
  return out;
}

}  // namespace muster
