#include "muster/tags/user.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cmath>
#include <numeric>

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

Error other_type(const Tag& declared, TagType given) {
  return {Errc::wrong_type,
          fmt::format("the tag {} {}, not {}", in_quotes(declared.name), type_phrase(declared.type),
                      type_phrase(given).substr(3)),
          {}};
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

User::User(Schema schema, OnUnusable on_unusable)
    : schema_(std::move(schema)),
      cells_(schema_.size()),
      unusable_(on_unusable == OnUnusable::as_null ? schema_.size() : 0) {}

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

Result<void> User::put(TagId tag, Stored value) {
  const bool null = std::holds_alternative<std::monostate>(value);
  if (null && !schema_.tag(tag).nullable) return missing_value(schema_.tag(tag));
  cells_[static_cast<std::size_t>(tag)] = std::move(value);
  return {};
}

/// Counts an unusable value; false where it has to be refused.
bool User::excuse(TagId tag) noexcept {
  if (unusable_.empty() || !schema_.tag(tag).nullable) return false;
  ++unusable_[static_cast<std::size_t>(tag)];
  return true;
}

/// Stores what `read` makes of the value; where it makes nothing, `explain` says why.
template <class Read, class Explain>
Result<void> User::store(std::string_view tag, TagType given, Read read, Explain explain) {
  const Result<TagId> id = writable(tag);
  if (!id) return id.error();
  const Tag& declared = schema_.tag(*id);
  const bool suits = declared.type == given;
  if (std::optional<Stored> value = suits ? read(*id) : std::nullopt) {
    return put(*id, *std::move(value));
  }
  if (excuse(*id)) return put(*id, {});
  return suits ? explain(declared) : other_type(declared, given);
}

Result<void> User::store(std::string_view tag, TagType given, Stored value) {
  const auto read = [&](TagId) { return std::optional(std::move(value)); };
  return store(tag, given, read, missing_value);
}

Result<void> User::set_boolean(std::string_view tag, bool value) {
  return store(tag, TagType::boolean, value);
}

Result<void> User::set(std::string_view tag, double value) {
  return store(tag, TagType::number, std::isnan(value) ? Stored() : Stored(Number(value)));
}

Result<void> User::set(std::string_view tag, std::int64_t value) {
  return store(tag, TagType::number, Stored(Number(value)));
}

Result<void> User::set(std::string_view tag, Date value) {
  const auto read = [&](TagId) -> std::optional<Stored> {
    if (value < first_date || value > last_date) return std::nullopt;
    return value;
  };
  return store(tag, TagType::date, read, [&](const Tag&) {
    return Error{Errc::bad_date,
                 fmt::format("the tag {} can not be {}: days go from 0001-01-01 to 9999-12-31",
                             in_quotes(tag), to_string(value)),
                 {}};
  });
}

Result<void> User::set(std::string_view tag, std::string_view value) {
  const std::optional<TagId> id = schema_.find(tag);
  if (id && schema_.tag(*id).type == TagType::date) return set_day(tag, value);
  const auto read = [&](TagId its_id) -> std::optional<Stored> {
    return schema_.find_category(its_id, value);
  };
  return store(tag, TagType::category, read,
               [&](const Tag& declared) { return unknown_category(declared, value); });
}

Result<void> User::set_day(std::string_view tag, std::string_view value) {
  const auto read = [&](TagId) -> std::optional<Stored> { return parse_date(value); };
  return store(tag, TagType::date, read, [&](const Tag&) {
    return Error{Errc::bad_date,
                 fmt::format("{} is not a day of the calendar, YYYY-MM-DD, for the tag {}",
                             in_quotes(value), in_quotes(tag)),
                 {}};
  });
}

Result<void> User::set(std::string_view tag, std::span<const std::string_view> categories) {
  std::string_view unknown;
  const auto read = [&](TagId id) -> std::optional<Stored> {
    std::vector<CategoryCode> codes;
    for (const std::string_view category : categories) {
      const std::optional<CategoryCode> code = schema_.find_category(id, category);
      if (!code) {
        unknown = category;
        return std::nullopt;
      }
      codes.push_back(*code);
    }
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
  };
  return store(tag, TagType::category_set, read,
               [&](const Tag& declared) { return unknown_category(declared, unknown); });
}

Result<void> User::set_null(std::string_view tag) {
  const Result<TagId> id = writable(tag);
  return id ? put(*id, {}) : id.error();
}

Result<void> User::set_unusable(std::string_view tag, Error why) {
  const Result<TagId> id = writable(tag);
  if (!id) return id.error();
  return excuse(*id) ? put(*id, {}) : Result<void>(std::move(why));
}

void User::clear() noexcept { std::fill(cells_.begin(), cells_.end(), Stored()); }

std::uint64_t User::unusable(TagId tag) const noexcept {
  return unusable_.empty() ? 0 : unusable_[static_cast<std::size_t>(tag)];
}

std::uint64_t User::unusable() const noexcept {
  return std::accumulate(unusable_.begin(), unusable_.end(), std::uint64_t{0});
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
