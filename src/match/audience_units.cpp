#include "match/audience_units.hpp"

#include <algorithm>
#include <boost/container_hash/hash.hpp>
#include <span>
#include <unordered_map>
#include <utility>

namespace muster {
namespace {

using Op = ProgramNode::Op;

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

struct UnitHash {
  std::size_t operator()(const Unit& unit) const {
    std::size_t seed = boost::hash_range(unit.literals.begin(), unit.literals.end());
    boost::hash_range(seed, unit.any.begin(), unit.any.end());
    return seed;
  }
};

/// A part of a program on its way to a unit: alternatives, or a unit to be.
struct ProgramPart {
  bool alternatives = false;
  std::vector<SignedLine> literals;
  std::vector<LineId> any;  // of a unit to be
};

bool all_positive(const std::vector<SignedLine>& literals) {
  return std::none_of(literals.begin(), literals.end(), is_negative);
}

std::vector<LineId> lines_of(const std::vector<SignedLine>& literals) {
  std::vector<LineId> lines;
  for (const SignedLine literal : literals) lines.push_back(line_of(literal));
  return lines;
}

class UnitMaker {
 public:
  explicit UnitMaker(const OneUserInput& input) : input_(input), line_of_bit_(input.all_bits()) {
    graph_.lines.push_back({UnitGraph::Origin::Kind::valid, 0});
  }

  UnitGraph make() {
    mark_shared_in_use();
    for (std::size_t i = 0; i < input_.shared.size(); ++i) {
      if (!in_use_[i]) continue;
      input_.shared.read(i, program_);
      shared_.resize(i + 1);
      shared_[i] = literal_of(part_of_program());
    }
    for (std::size_t r = 0; r < input_.rules.size(); ++r) {
      input_.rules.read(r, program_);
      graph_.rules.push_back(finish(part_of_program()));
    }
    return std::move(graph_);
  }

 private:
  void mark_shared_in_use() {
    in_use_.assign(input_.shared.size(), false);
    for (std::size_t r = 0; r < input_.rules.size(); ++r) mark(input_.rules, r);
    for (std::size_t i = input_.shared.size(); i-- > 0;) {
      if (in_use_[i]) mark(input_.shared, i);
    }
  }

  void mark(const ProgramList& list, std::size_t index) {
    list.read(index, program_);
    for (const ProgramNode& node : program_) {
      if (node.op != Op::literal || bit_of(node.arg) < input_.user_bits) continue;
      in_use_[bit_of(node.arg) - input_.user_bits] = true;
    }
  }

  /// What program_ says.
  ProgramPart part_of_program() {
    stack_.clear();
    for (const ProgramNode& node : program_) {
      if (node.op == Op::literal) {
        stack_.push_back({false, {signed_line(node.arg)}, {}});
      } else {
        combine(node);
      }
    }
    return std::move(stack_.back());
  }

  void combine(const ProgramNode& node) {
    ProgramPart out;
    out.alternatives = node.op == Op::any_of;
    const std::size_t first = stack_.size() - node.arg;
    for (std::size_t i = first; i < stack_.size(); ++i) add_operand(out, std::move(stack_[i]));
    stack_.resize(first);
    sort_unique(out.literals);
    stack_.push_back(std::move(out));
  }

  void add_operand(ProgramPart& out, ProgramPart operand) {
    const bool inlined = !out.alternatives && out.any.empty() && operand.alternatives &&
                         operand.literals.size() > 1 && all_positive(operand.literals);
    if (inlined) {
      out.any = lines_of(operand.literals);
    } else {
      out.literals.push_back(literal_of(std::move(operand)));
    }
  }

  SignedLine signed_line(Literal literal) {
    const std::uint32_t bit = bit_of(literal);
    if (bit >= input_.user_bits) {
      return shared_[bit - input_.user_bits] ^ (is_negated(literal) ? 1u : 0u);
    }
    if (line_of_bit_[bit] == 0) {
      line_of_bit_[bit] = static_cast<LineId>(graph_.lines.size());
      graph_.lines.push_back({UnitGraph::Origin::Kind::column, bit});
    }
    return make_signed(line_of_bit_[bit], is_negated(literal));
  }

  /// A literal that says what `part` says, of a new unit where need be.
  SignedLine literal_of(ProgramPart part) {
    if (part.literals.size() == 1 && part.any.empty()) return part.literals[0];
    if (!part.alternatives || all_positive(part.literals))
      return make_signed(intern(finish(part)), false);
    part.alternatives = false;  // a or not b: not (b and not a)
    for (SignedLine& literal : part.literals) literal ^= 1u;
    sort_unique(part.literals);
    return make_signed(intern(finish(part)), true);
  }

  Unit finish(ProgramPart part) {
    Unit unit;
    if (!part.alternatives) {
      unit = {std::move(part.literals), std::move(part.any)};
    } else if (part.literals.empty()) {
      unit.literals = {make_signed(valid_line, false), make_signed(valid_line, true)};
    } else if (part.literals.size() > 1 && all_positive(part.literals)) {
      unit.any = lines_of(part.literals);
    } else {
      unit.literals = {literal_of(std::move(part))};
    }
    const bool bounded =
        !unit.any.empty() || !std::all_of(unit.literals.begin(), unit.literals.end(), is_negative);
    if (!bounded) unit.literals.insert(unit.literals.begin(), make_signed(valid_line, false));
    return unit;
  }

  LineId intern(Unit unit) {
    const auto [at, added] = known_.try_emplace(std::move(unit), 0);
    if (added) at->second = graph_.add_unit(at->first);
    return at->second;
  }

  const OneUserInput& input_;
  UnitGraph graph_;
  std::vector<LineId> line_of_bit_;  // 0: none yet
  std::vector<bool> in_use_;         // per shared program
  std::vector<SignedLine> shared_;
  std::unordered_map<Unit, LineId, UnitHash> known_;
  std::vector<ProgramNode> program_;
  std::vector<ProgramPart> stack_;
};

}  // namespace

UnitGraph make_units(const OneUserInput& input) { return UnitMaker(input).make(); }

}  // namespace muster
