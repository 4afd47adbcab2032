#include "match/spell_parts.hpp"

#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

class PartSpeller {
 public:
  PartSpeller(ChiefBits& bits, ProgramComposer& out) : bits_(bits), out_(out) {}

  void spell(const Predicate& p) {
    switch (schema().tag(p.tag).type) {
      case TagType::number:
      case TagType::date:
        return spell_line(p);
      case TagType::category:
        return spell_category(p);
      case TagType::category_set:
        return spell_set(p);
      case TagType::boolean:
        return;  // never asked for in parts
    }
  }

 private:
  using Op = ProgramNode::Op;

  const Schema& schema() const { return bits_.schema(); }

  // NULL lies below every value here, so that "is known" is the bit `>= lowest`.
  void spell_line(const Predicate& p) {
    std::vector<Cut> flips = p.cuts;
    const Cut lowest{line_of(schema().tag(p.tag).type, p.aspect).lowest, false};
    const bool from_lowest = !flips.empty() && flips[0] == lowest;
    const bool nullable = schema().tag(p.tag).nullable;
    const bool inside = nullable ? p.null : from_lowest;
    if (inside && from_lowest) flips.erase(flips.begin());
    if (inside && !from_lowest) flips.insert(flips.begin(), lowest);
    std::uint32_t pieces = 0;
    std::size_t next = 0;
    if (inside) {
      if (flips.empty()) return out_.push_constant(true);
      push_above(p, flips[next++], true);
      ++pieces;
    }
    for (; next < flips.size(); next += 2, ++pieces) push_piece(p, flips, next);
    out_.combine(Op::any_of, pieces);
  }

  void push_piece(const Predicate& p, const std::vector<Cut>& flips, std::size_t from) {
    push_above(p, flips[from], false);
    if (from + 1 == flips.size()) return;
    push_above(p, flips[from + 1], true);
    out_.combine(Op::all_of, 2);
  }

  void push_above(const Predicate& p, const Cut& cut, bool negated) {
    Predicate above;
    above.tag = p.tag;
    above.aspect = p.aspect;
    above.cuts = {cut};
    out_.push_literal(bits_.literal_of(canonical(schema(), std::move(above))) ^
                      (negated ? 1u : 0u));
  }

  void spell_category(const Predicate& p) {
    const std::size_t values = schema().tag(p.tag).values.size();
    if (p.codes.size() * 2 <= values) return push_any(p.tag, p.codes, p.null);
    std::vector<CategoryCode> others;
    for (std::size_t code = 0, next = 0; code < values; ++code) {
      if (next < p.codes.size() && p.codes[next] == CategoryCode(code)) {
        ++next;
      } else {
        others.push_back(CategoryCode(code));
      }
    }
    push_none(p.tag, others, p.null);
  }

  void spell_set(const Predicate& p) {
    if (p.none_of) return push_none(p.tag, p.codes, p.null);
    push_any(p.tag, p.codes, p.null);
  }

  void push_any(TagId tag, std::span<const CategoryCode> codes, bool null) {
    for (const CategoryCode code : codes) out_.push_literal(bits_.literal_of(single(tag, code)));
    if (null) out_.push_literal(bits_.literal_of(is_null(tag)));
    out_.combine(Op::any_of, static_cast<std::uint32_t>(codes.size()) + (null ? 1 : 0));
  }

  void push_none(TagId tag, std::span<const CategoryCode> codes, bool null) {
    const bool known = !null && schema().tag(tag).nullable;
    for (const CategoryCode code : codes) {
      out_.push_literal(bits_.literal_of(single(tag, code)) ^ 1);
    }
    if (known) out_.push_literal(bits_.literal_of(is_null(tag)) ^ 1);
    out_.combine(Op::all_of, static_cast<std::uint32_t>(codes.size()) + (known ? 1 : 0));
  }

  static Predicate single(TagId tag, CategoryCode code) {
    Predicate predicate;
    predicate.tag = tag;
    predicate.codes = {code};
    return predicate;
  }

  static Predicate is_null(TagId tag) {
    Predicate predicate;
    predicate.tag = tag;
    predicate.null = true;
    return predicate;
  }

  ChiefBits& bits_;
  ProgramComposer& out_;
};

}  // namespace

void spell_in_parts(const Predicate& predicate, ChiefBits& bits, ProgramComposer& out) {
  PartSpeller(bits, out).spell(predicate);
}

}  // namespace muster
