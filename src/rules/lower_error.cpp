#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "core/token.hpp"
#include "rules/lower.hpp"

namespace muster {
namespace {

/// What a tag may be compared with.
const char* wanted_constant(TagType type, bool days) {
  if (days) return "a number of days";
  switch (type) {
    case TagType::boolean:
      return "TRUE or FALSE";
    case TagType::category:
    case TagType::category_set:
      return "a text in single quotes";
    case TagType::number:
      return "a number";
    case TagType::date:
      break;
  }
  return "a day such as '2025-12-31'";
}

/// What a constant of a rule is.
const char* given_constant(const Expr::Node& constant) {
  switch (constant.op) {
    case Expr::Op::integer:
    case Expr::Op::number:
      return "a number";
    case Expr::Op::string:
      return "a text";
    case Expr::Op::date:
      return "a date";
    case Expr::Op::boolean:
      return constant.integer != 0 ? "TRUE" : "FALSE";
    default:
      return "NULL";
  }
}

/// What may be asked of a tag.
const char* wanted_test(TagType type) {
  switch (type) {
    case TagType::boolean:
      return "stand alone or be compared with = TRUE or = FALSE";
    case TagType::category:
      return "be tested with =, <>, IN and LIKE";
    case TagType::category_set:
      return "be tested with HAS ANY and HAS ALL";
    case TagType::number:
    case TagType::date:
      break;
  }
  return "be tested with =, <>, <, <=, >, >=, IN and BETWEEN";
}

}  // namespace

void Lowering::fail(const Item& item, const Node& at, Errc code, std::string message,
                    std::string suggestion) {
  if (!item.foreign) diagnostics_.report(code, at.range, std::move(message), std::move(suggestion));
}

void Lowering::fail_unknown_tag(const Item& item, const Node& at, std::string_view name) {
  if (item.foreign) return;
  std::string meant;
  if (segments_.find(name)) {
    meant = "SEGMENT(";
    append_name(meant, name);
    meant += ")";
  } else if (suggestions_.spend(schema_.size())) {
    Suggestion closest(name);
    for (const Tag& tag : schema_.tags()) closest.offer(tag.name);
    meant = closest.best();
  }
  fail(item, at, Errc::unknown_tag, fmt::format("unknown tag {}", in_quotes(name)),
       std::move(meant));
}

void Lowering::fail_unknown_segment(const Item& item, std::string_view name) {
  Suggestion closest(name);
  if (!item.foreign && suggestions_.spend(segments_.size())) {
    for (std::uint32_t i = 0; i < segments_.size(); ++i) closest.offer(segments_[i].name);
  }
  fail(item, node_of(item), Errc::unknown_segment,
       fmt::format("unknown segment {}", in_quotes(name)), closest.best());
}

void Lowering::fail_unknown_category(const Item& item, const Subject& of, const Node& at,
                                     std::string_view value) {
  if (item.foreign) return;
  const Tag& tag = schema_.tag(of.tag);
  fail(item, at, Errc::unknown_category,
       fmt::format("{} is not a category of {}", in_quotes(value), in_quotes(tag.name)),
       suggestions_.spend(tag.values.size()) ? suggest(value, tag.values) : "");
}

void Lowering::fail_no_category_like(const Item& item, const Subject& of, const Node& at,
                                     std::string_view prefix) {
  fail(item, at, Errc::unknown_category,
       fmt::format("no category of {} begins with {}", in_quotes(schema_.tag(of.tag).name),
                   in_quotes(prefix)));
}

void Lowering::fail_bad_date(const Item& item, const Node& at) {
  fail(item, at, Errc::bad_date,
       fmt::format("{} is not a day of the calendar, written YYYY-MM-DD",
                   in_quotes(item.expr->text(at))));
}

void Lowering::fail_constant(const Item& item, const Subject& of, const Node& at) {
  const Tag& tag = schema_.tag(of.tag);
  const bool days = of.aspect == Aspect::days_until;
  const std::string subject =
      days ? fmt::format("the days {} {}", of.since ? "since" : "until", in_quotes(tag.name))
           : what_it_is(tag) + " and";
  fail(item, at, Errc::wrong_type,
       fmt::format("{} can only be compared with {}, not with {}", subject,
                   wanted_constant(tag.type, days), given_constant(at)));
}

void Lowering::fail_operator(const Item& item, const Subject& of) {
  const Tag& tag = schema_.tag(of.tag);
  fail(item, node_of(item), Errc::wrong_type,
       fmt::format("{} and can only {}", what_it_is(tag), wanted_test(tag.type)));
}

}  // namespace muster
