#include "tags/predicate_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/token.hpp"
#include "tags/predicate_sets.hpp"
#include "tags/predicate_spans.hpp"

namespace muster {
namespace {

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

std::string name_text(const Tag& tag) {
  std::string out;
  append_name(out, tag.name);
  return out;
}

std::string category_text(const Tag& tag, CategoryCode code) {
  std::string out;
  append_string(out, tag.values[static_cast<std::size_t>(code)]);
  return out;
}

std::string categories_text(const Tag& tag, std::span<const CategoryCode> codes) {
  std::vector<std::string> texts;
  for (const CategoryCode code : codes) texts.push_back(category_text(tag, code));
  return joined(texts, ", ");
}

std::string day_text(Number day) {
  return fmt::format("'{}'", to_string(Date{static_cast<std::int32_t>(day.to_double())}));
}

std::string listed(const std::string& name, const char* one, const char* many,
                   const std::vector<std::string>& texts) {
  if (texts.size() == 1) return fmt::format("{} {} {}", name, one, texts.front());
  return fmt::format("{} {} ({})", name, many, joined(texts, ", "));
}

std::string boolean_text(const Tag& tag, const Predicate& predicate) {
  const std::string name = name_text(tag);
  const bool yes = predicate.codes.front() == CategoryCode{1};
  if (predicate.null) return name + (yes ? " IS NOT FALSE" : " IS NOT TRUE");
  return yes ? name : "NOT " + name;
}

std::string category_test(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  const bool most = predicate.codes.size() * 2 > tag.values.size();
  const Predicate codes = most ? negate(schema, predicate) : predicate;
  std::vector<std::string> texts;
  for (const CategoryCode code : codes.codes) texts.push_back(category_text(tag, code));
  return listed(name_text(tag), most ? "<>" : "=", most ? "NOT IN" : "IN", texts);
}

std::string set_test(const Tag& tag, const Predicate& predicate) {
  return fmt::format("{}{} HAS ANY ({})", predicate.none_of ? "NOT " : "", name_text(tag),
                     categories_text(tag, predicate.codes));
}

bool is_past(const Span& span) {
  const Number today(0);
  return (span.from_lowest || span.first < today) && (span.to_highest || span.last < today);
}

/// Tests of a number line, one alternative each.
class LineTests {
 public:
  LineTests(const Schema& schema, const Predicate& predicate)
      : days_(predicate.aspect == Aspect::days_until),
        date_(schema.tag(predicate.tag).type == TagType::date),
        spans_(spans_of(schema, predicate)),
        left_out_(spans_of(schema, negate(schema, predicate))),
        name_(name_text(schema.tag(predicate.tag))) {
    if (!days_) return;
    const bool past = std::all_of(spans_.begin(), spans_.end(), is_past);
    name_ = fmt::format("{}({})", past ? "days_since" : "days_until", name_);
    if (past) {
      mirror(spans_);
      mirror(left_out_);
    }
  }

  std::vector<BoundText> run() {
    if (std::all_of(left_out_.begin(), left_out_.end(), [this](auto& s) { return is_point(s); })) {
      return {{listed(name_, "<>", "NOT IN", values(left_out_))}};
    }
    std::vector<Span> points;
    std::copy_if(spans_.begin(), spans_.end(), std::back_inserter(points),
                 [this](const Span& span) { return is_point(span); });
    std::vector<BoundText> out;
    if (!points.empty()) out.push_back({listed(name_, "=", "IN", values(points))});
    for (const Span& span : spans_) {
      if (!is_point(span)) out.push_back(range(span));
    }
    return out;
  }

 private:
  bool is_point(const Span& span) const {
    return span.first == span.last && std::isfinite(span.first.to_double());
  }

  std::string value(Number number) const {
    return date_ && !days_ ? day_text(number) : number_text(number);
  }

  std::vector<std::string> values(const std::vector<Span>& points) const {
    std::vector<std::string> texts;
    for (const Span& point : points) texts.push_back(value(point.first));
    return texts;
  }

  /// "x >= first", or "x > the number before first" where that is shorter.
  BoundText bound(Number inclusive, Number exclusive, char sign) const {
    const std::string in = value(inclusive);
    if (!date_ && std::isfinite(exclusive.to_double())) {
      const std::string ex = number_text(exclusive);
      if (!std::isfinite(inclusive.to_double()) || ex.size() < in.size()) {
        return {fmt::format("{} {} {}", name_, sign, ex)};
      }
    }
    return {fmt::format("{} {}= {}", name_, sign, in)};
  }

  BoundText range(const Span& span) const {
    const BoundText low = span.from_lowest ? BoundText{} : bound(span.first, span.before, '>');
    const BoundText high = span.to_highest ? BoundText{} : bound(span.last, span.behind, '<');
    if (span.from_lowest) return high;
    if (span.to_highest) return low;
    const bool inclusive = low.text.find(">=") != std::string::npos &&
                           high.text.find("<=", name_.size()) != std::string::npos;
    if (!inclusive) return {low.text + " AND " + high.text, Binding::all_of};
    return {fmt::format("{} BETWEEN {} AND {}", name_, value(span.first), value(span.last))};
  }

  bool days_;
  bool date_;
  std::vector<Span> spans_;
  std::vector<Span> left_out_;
  std::string name_;
};

std::vector<BoundText> known_tests(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  if (tag.type == TagType::category) return {{category_test(schema, predicate)}};
  if (tag.type == TagType::category_set) return {{set_test(tag, predicate)}};
  return LineTests(schema, predicate).run();
}

bool same_known(const Predicate& a, const Predicate& b) {
  return a.codes == b.codes && a.cuts == b.cuts && a.none_of == b.none_of;
}

/// A cell's value as rule text.
struct CellText {
  const Tag& tag;

  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "TRUE" : "FALSE"; }
  std::string operator()(Number number) const { return number_text(number); }
  std::string operator()(Date date) const { return fmt::format("'{}'", to_string(date)); }
  std::string operator()(CategoryCode code) const { return category_text(tag, code); }
  std::string operator()(std::span<const CategoryCode> set) const {
    return fmt::format("({})", categories_text(tag, set));
  }
};

}  // namespace

BoundText bound_text(const Schema& schema, const Predicate& predicate) {
  const Tag& tag = schema.tag(predicate.tag);
  if (is_always(schema, predicate)) return {"TRUE"};
  if (is_never(schema, predicate)) return {"FALSE"};
  if (same_known(predicate, known_all(schema, predicate.tag))) {
    return {name_text(tag) + " IS NOT NULL"};
  }
  if (same_known(predicate, known_none(predicate.tag))) return {name_text(tag) + " IS NULL"};
  if (tag.type == TagType::boolean) return {boolean_text(tag, predicate)};
  std::vector<BoundText> tests = known_tests(schema, predicate);
  if (predicate.null) tests.push_back({name_text(tag) + " IS NULL"});
  if (tests.size() == 1) return tests.front();
  std::vector<std::string> texts;
  for (BoundText& test : tests) texts.push_back(std::move(test.text));
  return {joined(texts, " OR "), Binding::any_of};
}

std::string to_rule_text(const Schema& schema, const Predicate& predicate) {
  return bound_text(schema, predicate).text;
}

std::string cell_text(const Schema& schema, TagId tag, const Cell& cell) {
  return std::visit(CellText{schema.tag(tag)}, cell);
}

}  // namespace muster
