#include "muster/tags/user.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cmath>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "tags/arithmetic.hpp"
#include "tags/unknown_tag.hpp"

namespace muster {
namespace {

template <class T>
using Small = boost::container::small_vector<T, 32>;

double as_operand(const Cell& cell) {
  return is_null(cell) ? Arithmetic::null : std::get<Number>(cell).to_double();
}

// Works a derived tag out from those it needs, each once.
class Derivation {
 public:
  Derivation(const Schema& schema, const UserView& user) : schema_(schema), user_(user) {}

  double value(const Arithmetic& wanted) {
    const std::size_t ranks = wanted.rank() + 1;
    Small<bool> needed(ranks, false);
    needed[wanted.rank()] = true;
    for (std::size_t rank = ranks; rank-- > 0;) {
      if (needed[rank]) mark_inputs(formula(rank), needed);
    }
    values_.resize(ranks);
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      if (needed[rank]) values_[rank] = evaluate(formula(rank));
    }
    return values_[wanted.rank()];
  }

 private:
  const Arithmetic& formula(std::size_t rank) const {
    return *schema_.arithmetic(schema_.derived_order()[rank]);
  }

  void mark_inputs(const Arithmetic& arithmetic, Small<bool>& needed) const {
    for (const TagId input : arithmetic.inputs()) {
      if (const Arithmetic* derived = schema_.arithmetic(input)) needed[derived->rank()] = true;
    }
  }

  double evaluate(const Arithmetic& arithmetic) const {
    Small<double> inputs;
    for (const TagId input : arithmetic.inputs()) {
      const Arithmetic* derived = schema_.arithmetic(input);
      inputs.push_back(derived ? values_[derived->rank()] : as_operand(user_.cell(input)));
    }
    return arithmetic.evaluate({inputs.data(), inputs.size()});
  }

  const Schema& schema_;
  const UserView& user_;
  Small<double> values_;  // by rank
};

std::string type_phrase(TagType type) {
  switch (type) {
    case TagType::boolean:
      return "is true or false";
    case TagType::category:
      return "is a category";
    case TagType::category_set:
      return "is a set of categories";
    case TagType::number:
      return "is a number";
    case TagType::date:
      return "is a date";
  }
  return "is of an unknown type";
}

}  // namespace

Cell value_of(const Schema& schema, const UserView& user, TagId tag) {
  const Arithmetic* arithmetic = schema.arithmetic(tag);
  if (!arithmetic) return user.cell(tag);
  const double value = Derivation(schema, user).value(*arithmetic);
  return std::isnan(value) ? Cell() : Cell(Number(value));
}

Error unknown_category(const Tag& tag, std::string_view value) {
  Diagnostic found;
  found.message =
      fmt::format("the tag {} has no category {}", in_quotes(tag.name), in_quotes(value));
  found.suggestion = suggest(value, tag.values);
  return {Errc::unknown_category, full_message(found), {}};
}

Error missing_value(const Tag& tag) {
  return {Errc::missing_value,
          fmt::format("the tag {} is not nullable and needs a value", in_quotes(tag.name)),
          {}};
}

User::User(Schema schema) : schema_(std::move(schema)), cells_(schema_.size()) {}

Error unknown_tag(const Schema& schema, std::string_view name) {
  Suggestion suggestion(name);
  for (const Tag& known : schema.tags()) suggestion.offer(known.name);
  Diagnostic found;
  found.message = fmt::format("unknown tag {}", in_quotes(name));
  found.suggestion = suggestion.best();
  return {Errc::unknown_tag, full_message(found), {}};
}

Result<TagId> User::writable(std::string_view tag) const {
  const std::optional<TagId> id = schema_.find(tag);
  if (!id) return unknown_tag(schema_, tag);
  if (schema_.arithmetic(*id)) {
    return Error{Errc::wrong_type,
                 fmt::format("the tag {} is derived and can not be set", in_quotes(tag)),
                 {}};
  }
  return *id;
}

Result<TagId> User::writable(std::string_view tag, TagType type) const {
  Result<TagId> id = writable(tag);
  if (!id || schema_.tag(*id).type == type) return id;
  return Error{Errc::wrong_type,
               fmt::format("the tag {} {}, not {}", in_quotes(tag),
                           type_phrase(schema_.tag(*id).type), type_phrase(type).substr(3)),
               {}};
}

Result<void> User::store(Result<TagId> tag, Stored value) {
  if (!tag) return tag.error();
  cells_[static_cast<std::size_t>(*tag)] = std::move(value);
  return {};
}

Result<void> User::set_boolean(std::string_view tag, bool value) {
  return store(writable(tag, TagType::boolean), value);
}

Result<void> User::set(std::string_view tag, double value) {
  Result<TagId> id = writable(tag, TagType::number);
  if (!id) return id.error();
  if (std::isnan(value)) return set_null(tag);
  return store(id, Number(value));
}

Result<void> User::set(std::string_view tag, std::int64_t value) {
  return store(writable(tag, TagType::number), Number(value));
}

Result<void> User::set(std::string_view tag, Date value) {
  Result<TagId> id = writable(tag, TagType::date);
  if (!id) return id.error();
  if (value < first_date || value > last_date) {
    return Error{Errc::bad_date,
                 fmt::format("the tag {} can not be {}: days go from 0001-01-01 to 9999-12-31",
                             in_quotes(tag), to_string(value)),
                 {}};
  }
  return store(id, value);
}

Result<void> User::set(std::string_view tag, std::string_view value) {
  Result<TagId> id = writable(tag);
  if (id && schema_.tag(*id).type == TagType::date) {
    if (const std::optional<Date> date = parse_date(value)) return store(id, *date);
    return Error{Errc::bad_date,
                 fmt::format("{} is not a day of the calendar, YYYY-MM-DD, for the tag {}",
                             in_quotes(value), in_quotes(tag)),
                 {}};
  }
  id = writable(tag, TagType::category);
  if (!id) return id.error();
  const std::optional<CategoryCode> code = schema_.find_category(*id, value);
  if (!code) return unknown_category(schema_.tag(*id), value);
  return store(id, *code);
}

Result<void> User::set(std::string_view tag, std::span<const std::string_view> categories) {
  Result<TagId> id = writable(tag, TagType::category_set);
  if (!id) return id.error();
  std::vector<CategoryCode> codes;
  for (const std::string_view category : categories) {
    const std::optional<CategoryCode> code = schema_.find_category(*id, category);
    if (!code) return unknown_category(schema_.tag(*id), category);
    codes.push_back(*code);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return store(id, std::move(codes));
}

Result<void> User::set_null(std::string_view tag) {
  Result<TagId> id = writable(tag);
  if (id && !schema_.tag(*id).nullable) return missing_value(schema_.tag(*id));
  return store(id, std::monostate());
}

Cell User::cell(TagId tag) const {
  return std::visit(
      [](const auto& value) -> Cell {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::vector<CategoryCode>>) {
          return std::span<const CategoryCode>(value);
        } else {
          return value;
        }
      },
      cells_[static_cast<std::size_t>(tag)]);
}

}  // namespace muster
