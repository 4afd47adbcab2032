#include "rules/derived_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rules/derived_inputs.hpp"
#include "tags/predicate_spans.hpp"

namespace muster {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

bool same(const Cell& a, const Cell& b) {
  const Number* x = std::get_if<Number>(&a);
  const Number* y = std::get_if<Number>(&b);
  return x && y ? *x == *y : x == y;
}

double to_double(const Cell& cell) {
  const Number* number = std::get_if<Number>(&cell);
  return number ? number->to_double() : no_number;
}

void sort_once_each(std::vector<double>& values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

void sort_by_distance(std::vector<double>& values, double from) {
  sort_once_each(values);
  std::stable_sort(values.begin(), values.end(),
                   [&](double a, double b) { return std::abs(a - from) < std::abs(b - from); });
}

/// Numbers all over the line, and around one that is known.
std::vector<double> spread(double around) {
  std::vector<double> out = {0};
  for (double power = 1e-3; power < 1e10; power *= 10) {
    out.insert(out.end(), {power, -power, around + power, around - power});
  }
  for (const double factor : {0.5, 0.9, 1.0, 1.1, 2.0, 10.0}) out.push_back(around * factor);
  return out;
}

double rounded(double value, int digits) {
  const double unit = std::pow(10.0, digits);
  return std::round(value * unit) / unit;
}

/// One of few digits that lies near an end of a span, inside.
double round_within(const Span& span, double end, double inwards) {
  const auto inside = [&](double value) {
    return value >= span.first.to_double() && value <= span.last.to_double();
  };
  for (int digits = 0; digits < 12 && rounded(end, 2) != end; ++digits) {
    const double value = rounded(end + inwards * std::pow(10.0, -digits) / 2, digits);
    if (inside(value)) return value;
  }
  return end;
}

}  // namespace

void ReplacedUser::replace(TagId tag, Cell cell) {
  restore(tag);
  replaced_.emplace_back(tag, cell);
}

void ReplacedUser::restore(TagId tag) {
  std::erase_if(replaced_, [&](const auto& replaced) { return replaced.first == tag; });
}

Cell ReplacedUser::cell(TagId tag) const {
  for (const auto& [replaced, value] : replaced_) {
    if (replaced == tag) return value;
  }
  return user_.cell(tag);
}

DerivedValues::DerivedValues(const Schema& schema, const UserView& user,
                             const std::vector<Predicate>& asked, std::size_t& steps)
    : schema_(schema), user_(user), asked_(asked), steps_(steps), tried_(user) {}

std::optional<DerivedValues::Values> DerivedValues::find(const std::vector<TagId>& tags) {
  std::vector<TagId> asked, others;
  for (const TagId tag : tags) (asked_of(tag) ? asked : others).push_back(tag);
  order_ = asked;
  bool found = order_.empty() ? all_hold() : assign(0);
  for (std::size_t i = 0; !found && i < others.size(); ++i) found = try_with(asked, {others[i]});
  for (std::size_t i = 0; !found && i < others.size(); ++i) {
    for (std::size_t j = 0; !found && j < others.size(); ++j) {
      if (i != j) found = try_with(asked, {others[i], others[j]});
    }
  }
  if (!found) return std::nullopt;
  Values values;
  for (const TagId tag : order_) {
    if (!same(tried_.cell(tag), user_.cell(tag))) values.emplace_back(tag, tried_.cell(tag));
  }
  return values;
}

bool DerivedValues::try_with(std::vector<TagId> tags, std::initializer_list<TagId> others) {
  order_ = std::move(tags);
  order_.insert(order_.end(), others);
  return assign(0);
}

bool DerivedValues::assign(std::size_t next) {
  const TagId tag = order_[next];
  if (next + 1 == order_.size()) return solve(tag);
  const Predicate* asked = asked_of(tag);
  std::vector<double> candidates;
  if (asked) {
    candidates = own_candidates(tag);
  } else {
    append_bounds(tag, candidates);
    for (std::size_t i = candidates.size(); i > 0; --i) {
      const double bound = candidates[i - 1];
      candidates.insert(candidates.end(), {std::ceil(bound), std::floor(bound), 2 * bound});
    }
  }
  sort_by_distance(candidates, now(tag));
  for (const double candidate : candidates) {
    const Cell cell{Number(candidate)};
    if (asked && !holds(*asked, cell, Date{})) continue;
    tried_.replace(tag, cell);
    if (assign(next + 1)) return true;
  }
  tried_.restore(tag);
  return false;
}

/// All places where an answer can flip as one tag varies, one between each two, and NULL.
bool DerivedValues::solve(TagId tag) {
  if (take(tag, user_.cell(tag))) return true;
  std::vector<double> candidates = own_candidates(tag);
  append_bounds(tag, candidates);
  sort_once_each(candidates);
  for (std::size_t i = candidates.size(); i > 1; --i) {
    candidates.push_back(candidates[i - 2] + (candidates[i - 1] - candidates[i - 2]) / 2);
  }
  sort_by_distance(candidates, now(tag));
  for (const double candidate : candidates) {
    if (!take(tag, Cell(Number(candidate)))) continue;
    make_round(tag);
    return true;
  }
  if (schema_.tag(tag).nullable && take(tag, Cell())) return true;
  tried_.restore(tag);
  return false;
}

bool DerivedValues::take(TagId tag, const Cell& cell) {
  tried_.replace(tag, cell);
  return all_hold();
}

bool DerivedValues::all_hold() {
  return spend(asked_.size()) &&
         std::all_of(asked_.begin(), asked_.end(), [this](const Predicate& asked) {
           return holds(asked, value_of(schema_, tried_, asked.tag), Date{});
         });
}

/// A value found by halving has many digits: as few of them as still do.
void DerivedValues::make_round(TagId tag) {
  const double exact = to_double(tried_.cell(tag));
  for (int digits = 0; digits < 12 && rounded(exact, 2) != exact; ++digits) {
    const double unit = std::pow(10.0, -digits);
    for (const double near : {exact, exact + unit / 2, exact - unit / 2}) {
      if (take(tag, Cell(Number(rounded(near, digits))))) return;
    }
  }
  tried_.replace(tag, Cell(Number(exact)));
}

const Predicate* DerivedValues::asked_of(TagId tag) const {
  const auto at = std::find_if(asked_.begin(), asked_.end(),
                               [&](const Predicate& asked) { return asked.tag == tag; });
  return at == asked_.end() ? nullptr : &*at;
}

/// Ends of the ranges asked for and places within them; everywhere where nothing is asked.
std::vector<double> DerivedValues::own_candidates(TagId tag) const {
  const double around = now(tag);
  std::vector<double> out = {around};
  const Predicate* asked = asked_of(tag);
  if (!asked) return spread(around);
  for (const Span& span : spans_of(schema_, *asked)) {
    const double first = round_within(span, span.first.to_double(), 1);
    const double last = round_within(span, span.last.to_double(), -1);
    out.insert(out.end(), {first, last, first + (last - first) / 2});
    for (const double step : {1.0, 10.0, 100.0, 1e3, 1e4}) {
      out.insert(out.end(), {first + step, last - step});
    }
  }
  return out;
}

void DerivedValues::append_bounds(TagId tag, std::vector<double>& candidates) {
  std::vector<double> grid = spread(now(tag));
  sort_once_each(grid);
  for (const Predicate& asked : asked_) {
    if (contains(inputs_of(schema_, asked.tag), tag)) append_bounds(tag, asked, grid, candidates);
  }
}

void DerivedValues::append_bounds(TagId tag, const Predicate& asked,
                                  const std::vector<double>& grid,
                                  std::vector<double>& candidates) {
  for (const Cut& cut : asked.cuts) {
    const double bound = cut.at.to_double();
    if (!std::isfinite(bound)) continue;
    double before = no_number;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const double here = derived_at(tag, grid[i], asked.tag) - bound;
      if (i > 0 && (before < 0) != (here < 0) && !std::isnan(before) && !std::isnan(here)) {
        candidates.push_back(halve(tag, asked.tag, bound, grid[i - 1], grid[i]));
      }
      before = here;
    }
  }
}

double DerivedValues::halve(TagId tag, TagId derived, double bound, double low, double high) {
  const bool below = derived_at(tag, low, derived) < bound;
  for (int i = 0; i < 80 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    ((derived_at(tag, middle, derived) < bound) == below ? low : high) = middle;
  }
  return high;
}

double DerivedValues::derived_at(TagId tag, double value, TagId derived) {
  if (!spend(1)) return no_number;
  tried_.replace(tag, Cell(Number(value)));
  return to_double(value_of(schema_, tried_, derived));
}

/// 0 for NULL.
double DerivedValues::now(TagId tag) const {
  const double value = to_double(user_.cell(tag));
  return std::isnan(value) ? 0 : value;
}

bool DerivedValues::spend(std::size_t steps) {
  const bool left = steps_ >= steps;
  steps_ = left ? steps_ - steps : 0;
  return left;
}

}  // namespace muster
