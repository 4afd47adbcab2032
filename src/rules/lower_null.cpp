#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/token.hpp"
#include "rules/lower.hpp"

namespace muster {
namespace {

bool is_never_null(Expr::Op op) {
  switch (op) {
    case Expr::Op::boolean:
    case Expr::Op::is_null:
    case Expr::Op::is_not_null:
    case Expr::Op::is_true:
    case Expr::Op::is_not_true:
    case Expr::Op::is_false:
    case Expr::Op::is_not_false:
      return true;
    default:
      return false;
  }
}

bool is_constant(Expr::Op op) {
  return op == Expr::Op::integer || op == Expr::Op::number || op == Expr::Op::string ||
         op == Expr::Op::date || op == Expr::Op::boolean || op == Expr::Op::null;
}

}  // namespace

void Lowering::lower_null_test(const Item& item, bool negated) {
  using Op = Expr::Op;
  const std::uint32_t operand = item.node - 1;
  const Node& node = item.expr->nodes()[operand];
  const bool null_wanted = keeps_operators(item.wanted) != negated;
  if (is_constant(node.op)) return emit_constant((node.op == Op::null) == null_wanted);
  if (node.op != Op::tag && node.op != Op::days_since && node.op != Op::days_until) {
    return null_test_of_condition(item, null_wanted);
  }
  const auto of = subject(item, operand);
  if (!of) return;
  if (!item.foreign) null_tested_.push_back(of->tag);
  emit(atoms_.null_test(of->tag, null_wanted));
}

/// A condition is NULL where it is neither TRUE nor FALSE.
void Lowering::null_test_of_condition(const Item& item, bool null_wanted) {
  const std::uint32_t operand = item.node - 1;
  emit_operator(null_wanted, 2);
  if (is_never_null(item.expr->nodes()[operand].op)) {
    // Looked at for its errors alone.
    push(item, operand, Wanted::is_true, false);
    return emit_constant(!null_wanted);
  }
  Item again = item;
  again.foreign = true;
  push(again, operand, null_wanted ? Wanted::not_false : Wanted::is_false, false);
  push(item, operand, null_wanted ? Wanted::not_true : Wanted::is_true, false);
}

/// "Not" leaves out users whose value is unknown, which is easily overlooked.
void Lowering::note_hazard(const Item& item, TagId tag, bool positive) {
  if (!tags_[static_cast<std::size_t>(tag)].nullable) return;
  may_be_null_ = true;
  if (item.foreign) return;
  const bool hazard =
      positive ? item.wanted == Wanted::is_false && item.under_not : item.wanted == Wanted::is_true;
  if (hazard) hazards_.push_back({node_of(item).range, tag, false, {}});
}

void Lowering::note_segment_hazard(const Item& item, const DefinedSegment& segment) {
  if (!segment.may_be_null) return;
  may_be_null_ = true;
  if (item.foreign || item.wanted != Wanted::is_false || !item.under_not) return;
  hazards_.push_back({node_of(item).range, TagId{}, true, segment.name});
}

Diagnostic Lowering::warning(const Hazard& hazard) const {
  std::string remedy;
  const std::string_view name = hazard.segment ? hazard.name : schema_.tag(hazard.tag).name;
  const bool boolean = !hazard.segment && schema_.tag(hazard.tag).type == TagType::boolean;
  append_name(remedy, name);
  if (hazard.segment) remedy = fmt::format("SEGMENT({})", remedy);
  remedy += hazard.segment || boolean ? " IS NOT TRUE" : " IS NULL";
  const char* verb = hazard.segment || boolean ? "write" : "add OR";
  return {Severity::warning,
          Errc::null_hazard,
          hazard.range,
          fmt::format("users whose {} is unknown do not match; {} {} to include them",
                      in_quotes(name), verb, remedy),
          {}};
}

void Lowering::append_null_hazards(std::vector<Diagnostic>& warnings) {
  if (hazards_.empty()) return;
  std::stable_sort(hazards_.begin(), hazards_.end(),
                   [](const Hazard& a, const Hazard& b) { return a.range.begin < b.range.begin; });
  std::vector<TagId> done = null_tested_;
  for (const Hazard& hazard : hazards_) {
    if (!hazard.segment) {
      if (std::find(done.begin(), done.end(), hazard.tag) != done.end()) continue;
      done.push_back(hazard.tag);
    }
    warnings.push_back(warning(hazard));
  }
}

}  // namespace muster
