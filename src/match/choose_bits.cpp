#include "match/choose_bits.hpp"

#include <algorithm>
#include <numeric>

#include "match/spell_parts.hpp"

namespace muster {
namespace {

using Op = ProgramNode::Op;

// A tag keeps one bit per value set up to this many, or this many times the parts that the sets
// are made of.
constexpr std::size_t interval_bits = 64;
constexpr std::size_t value_set_bits = 256;
constexpr std::size_t sets_per_part = 4;

template <class T>
std::size_t count_distinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values.size();
}

}  // namespace

// Gives predicates their bits, one tag and aspect after another.
class BitChooser {
 public:
  BitChooser(const PredicatePool& pool, std::span<const std::uint64_t> uses)
      : pool_(pool), schema_(pool.schema()), uses_(uses), bits_(pool.schema()) {
    out_.spellings_.resize(pool.size());
  }

  ChosenBits choose() && {
    const std::vector<std::uint32_t> used = by_tag();
    for (std::size_t begin = 0; begin < used.size();) {
      std::size_t end = begin + 1;
      while (end < used.size() && same_tag(used[begin], used[end])) ++end;
      spell_group(std::span(used).subspan(begin, end - begin));
      begin = end;
    }
    count_uses();
    return std::move(out_);
  }

 private:
  using Ids = std::span<const std::uint32_t>;

  const Predicate& predicate(std::uint32_t id) const { return pool_[PredicateId{id}]; }

  bool same_tag(std::uint32_t a, std::uint32_t b) const {
    return predicate(a).tag == predicate(b).tag && predicate(a).aspect == predicate(b).aspect;
  }

  std::vector<std::uint32_t> by_tag() const {
    std::vector<std::uint32_t> used;
    for (std::uint32_t id = 0; id < uses_.size(); ++id) {
      if (uses_[id] > 0) used.push_back(id);
    }
    std::stable_sort(used.begin(), used.end(), [this](std::uint32_t a, std::uint32_t b) {
      return std::pair(predicate(a).tag, predicate(a).aspect) <
             std::pair(predicate(b).tag, predicate(b).aspect);
    });
    return used;
  }

  void spell_group(Ids ids) {
    std::vector<Literal> literals;
    for (const std::uint32_t id : ids) literals.push_back(bits_.literal_of(predicate(id)));
    const bool split = too_many_sets(ids, literals);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      composer_.clear();
      if (split) {
        spell_in_parts(predicate(ids[i]), bits_, composer_);
      } else {
        composer_.push_literal(literals[i]);
      }
      keep_spelling(ids[i]);
    }
  }

  bool too_many_sets(Ids ids, std::span<const Literal> literals) const {
    std::vector<std::uint32_t> bits;
    for (const Literal literal : literals) bits.push_back(bit_of(literal));
    const TagType type = schema_.tag(predicate(ids[0]).tag).type;
    if (type == TagType::boolean) return false;
    const bool line = type == TagType::number || type == TagType::date;
    const std::size_t few = line ? interval_bits : value_set_bits;
    const std::size_t sets = count_distinct(bits);
    return sets > few && sets > sets_per_part * (line ? count_cuts(ids) : count_codes(ids));
  }

  std::size_t count_cuts(Ids ids) const {
    std::vector<Cut> cuts;
    for (const std::uint32_t id : ids) {
      cuts.insert(cuts.end(), predicate(id).cuts.begin(), predicate(id).cuts.end());
    }
    return count_distinct(cuts);
  }

  std::size_t count_codes(Ids ids) const {
    std::vector<CategoryCode> codes;
    for (const std::uint32_t id : ids) {
      codes.insert(codes.end(), predicate(id).codes.begin(), predicate(id).codes.end());
    }
    return count_distinct(codes);
  }

  void keep_spelling(std::uint32_t id) {
    const auto program = composer_.program();
    out_.spellings_[id] = {out_.nodes_.size(), program.size()};
    out_.nodes_.insert(out_.nodes_.end(), program.begin(), program.end());
  }

  void count_uses() {
    out_.predicates_ = bits_.predicates();
    out_.uses_.resize(out_.predicates_.size());
    for (std::uint32_t id = 0; id < uses_.size(); ++id) {
      for (const ProgramNode& node : out_.spelling(id)) {
        if (node.op == Op::literal) out_.uses_[bit_of(node.arg)] += uses_[id];
      }
    }
  }

  const PredicatePool& pool_;
  const Schema& schema_;
  std::span<const std::uint64_t> uses_;
  ChiefBits bits_;
  ProgramComposer composer_;
  ChosenBits out_;
};

ChosenBits ChosenBits::choose(const PredicatePool& pool, std::span<const std::uint64_t> uses) {
  return BitChooser(pool, uses).choose();
}

void ChosenBits::settle(const Schema& schema, std::vector<Frequency>& frequencies) {
  std::vector<std::uint32_t> order(predicates_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return uses_[a] > uses_[b]; });
  while (!order.empty() && uses_[order.back()] == 0) order.pop_back();

  std::vector<Literal> renamed(predicates_.size());
  ChosenBits settled;
  std::vector<Frequency> settled_frequencies;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const std::uint32_t old = order[i];
    const bool flip = frequencies[old] > certain / 2;
    renamed[old] = make_literal(i, flip);
    settled.predicates_.push_back(flip ? negate(schema, predicates_[old])
                                       : std::move(predicates_[old]));
    settled.uses_.push_back(uses_[old]);
    settled_frequencies.push_back(
        static_cast<Frequency>(flip ? certain - frequencies[old] : frequencies[old]));
  }
  for (ProgramNode& node : nodes_) {
    if (node.op == Op::literal) node.arg = renamed[bit_of(node.arg)] ^ (node.arg & 1);
  }
  predicates_ = std::move(settled.predicates_);
  uses_ = std::move(settled.uses_);
  frequencies = std::move(settled_frequencies);
}

}  // namespace muster
