#include "rules/sample_users.hpp"

#include <algorithm>

#include "core/bits.hpp"
#include "core/cancelled.hpp"
#include "rules/tag_value.hpp"

namespace muster {
namespace {

using FormulaOp = Formula::Op;
using Bits = std::vector<std::uint64_t>;

constexpr std::uint32_t not_asked = ~std::uint32_t{0};

void set_bit(Bits& bits, std::size_t at) {
  if (bits.size() <= at / 64) bits.resize(at / 64 + 1);
  bits[at / 64] |= std::uint64_t{1} << at % 64;
}

bool bit(const Bits& bits, std::size_t at) { return bits[at / 64] >> at % 64 & 1; }

}  // namespace

std::optional<SampleUsers> SampleUsers::make(std::span<const Formula> formulas,
                                             std::span<const Witness> witnesses,
                                             const PredicatePool& predicates,
                                             const CancelToken* cancel) {
  SampleUsers out(predicates);
  out.collect(formulas);
  for (const Witness& witness : witnesses) {
    if (is_cancelled(cancel)) return std::nullopt;
    if (witness.found != Verdict::yes) continue;
    out.add_user(witness, false);
    out.add_user(witness, true);
  }
  const std::size_t words = words_for(out.users_);
  for (auto& asks : out.asks_) {
    for (Ask& ask : asks) ask.users.resize(words);
  }
  out.formulas_of_user_.assign(out.users_, Bits(words_for(formulas.size())));
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    if (is_cancelled(cancel)) return std::nullopt;
    out.evaluate(i, formulas[i]);
  }
  return out;
}

SampleUsers::SampleUsers(const PredicatePool& predicates)
    : predicates_(predicates), asks_(predicates.schema().size()) {}

void SampleUsers::collect(std::span<const Formula> formulas) {
  place_.assign(predicates_.size(), not_asked);
  for (const Formula& formula : formulas) {
    for (const Formula::Node& node : formula.nodes) {
      if (node.op != FormulaOp::predicate || place_[node.id] != not_asked) continue;
      auto& asks = asks_[static_cast<std::size_t>(predicates_[PredicateId{node.id}].tag)];
      place_[node.id] = static_cast<std::uint32_t>(asks.size());
      asks.push_back({node.id, {}});
    }
  }
}

/// splitmix64
std::uint64_t SampleUsers::draw(std::uint64_t below) {
  std::uint64_t z = random_ += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return (z ^ z >> 31) % below;
}

void SampleUsers::add_user(const Witness& witness, bool at_random) {
  const Schema& schema = predicates_.schema();
  std::vector<std::vector<Predicate>> wanted(asks_.size());
  for (const Predicate& part : witness.tags) {
    wanted[static_cast<std::size_t>(part.tag)].push_back(part);
  }
  for (std::size_t tag = 0; tag < asks_.size(); ++tag) {
    auto& asks = asks_[tag];
    if (asks.empty()) continue;
    std::vector<Predicate>& parts = wanted[tag];
    if (parts.empty()) {
      const Predicate& asked = predicates_[PredicateId{asks[draw(asks.size())].id}];
      parts = {at_random && draw(2) == 0 ? asked : negate(schema, asked)};
      if (is_never(schema, parts[0])) parts = {negate(schema, parts[0])};
    }
    const TagValue value = value_within(schema, parts, draw(1u << 20));
    for (Ask& ask : asks) {
      if (holds(schema, predicates_[PredicateId{ask.id}], value)) set_bit(ask.users, users_);
    }
  }
  ++users_;
}

void SampleUsers::evaluate(std::size_t formula, const Formula& tree) {
  const std::size_t words = words_for(users_);
  std::vector<Bits> stack;
  for (const Formula::Node& node : tree.nodes) {
    if (node.op == FormulaOp::predicate) {
      const auto tag = static_cast<std::size_t>(predicates_[PredicateId{node.id}].tag);
      stack.push_back(asks_[tag][place_[node.id]].users);
    } else if (node.op == FormulaOp::all_of || node.op == FormulaOp::any_of) {
      for (std::uint32_t i = 1; i < node.arity; ++i) {
        const Bits last = std::move(stack.back());
        stack.pop_back();
        for (std::size_t w = 0; w < words; ++w) {
          stack.back()[w] =
              node.op == FormulaOp::all_of ? stack.back()[w] & last[w] : stack.back()[w] | last[w];
        }
      }
    } else {
      stack.emplace_back(words, node.op == FormulaOp::always ? ~std::uint64_t{0} : 0);
    }
  }
  users_of_formula_.push_back(stack.empty() ? Bits(words) : std::move(stack.back()));
  for (std::size_t user = 0; user < users_; ++user) {
    if (bit(users_of_formula_.back(), user)) set_bit(formulas_of_user_[user], formula);
  }
}

std::vector<std::uint32_t> SampleUsers::wider(std::size_t formula) const {
  const std::size_t formulas = users_of_formula_.size();
  Bits common(words_for(formulas), ~std::uint64_t{0});
  for (std::size_t user = 0; user < users_; ++user) {
    if (!bit(users_of_formula_[formula], user)) continue;
    for (std::size_t w = 0; w < common.size(); ++w) common[w] &= formulas_of_user_[user][w];
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t other = 0; other < formulas; ++other) {
    if (other != formula && bit(common, other)) out.push_back(other);
  }
  return out;
}

}  // namespace muster
