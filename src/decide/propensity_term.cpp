#include "decide/propensity_term.hpp"

#include <algorithm>
#include <cmath>

namespace muster {

PropensityTerm make_propensity_term(const Schema& schema, const LogisticPropensity::Term& term) {
  const Tag& tag = schema.tag(term.tag);
  return {term.tag,      tag.type,          schema.arithmetic(term.tag) != nullptr,
          term.category, tag.values.size(), term.missing};
}

double number_of(const Cell& cell, const PropensityTerm& term) noexcept {
  switch (term.type) {
    case TagType::number: {
      const Number* number = std::get_if<Number>(&cell);
      const bool known = number != nullptr && !std::isnan(number->to_double());
      return known ? number->to_double() : term.missing;
    }
    case TagType::boolean: {
      const bool* flag = std::get_if<bool>(&cell);
      if (flag == nullptr) return term.missing;
      return *flag ? 1 : 0;
    }
    case TagType::date: {
      const Date* date = std::get_if<Date>(&cell);
      const bool known = date != nullptr && *date >= first_date && *date <= last_date;
      return known ? date->days : term.missing;
    }
    case TagType::category: {
      const auto* code = std::get_if<CategoryCode>(&cell);
      if (code == nullptr || static_cast<std::size_t>(*code) >= term.categories) {
        return term.missing;
      }
      return *code == term.category ? 1 : 0;
    }
    case TagType::category_set: {
      const auto* codes = std::get_if<std::span<const CategoryCode>>(&cell);
      if (codes == nullptr || !std::all_of(codes->begin(), codes->end(), [&](CategoryCode code) {
            return static_cast<std::size_t>(code) < term.categories;
          })) {
        return term.missing;
      }
      return std::find(codes->begin(), codes->end(), term.category) != codes->end() ? 1 : 0;
    }
  }
  return term.missing;
}

}  // namespace muster
