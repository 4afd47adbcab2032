#include "tags/column_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"

namespace muster {
namespace {

class ColumnMatcher {
 public:
  explicit ColumnMatcher(std::span<const std::string> names) : names_(names), used_(names.size()) {}

  /// Column of a name, or none, which is noted where it is needed.
  std::size_t find(const std::string& name, bool needed) {
    const auto first = std::find(names_.begin(), names_.end(), name);
    if (first == names_.end()) {
      if (needed) missing_.push_back(name);
      return ColumnPlan::none;
    }
    const auto second = std::find(first + 1, names_.end(), name);
    if (second != names_.end()) note_second(static_cast<std::size_t>(second - names_.begin()));
    const auto column = static_cast<std::size_t>(first - names_.begin());
    used_[column] = true;
    return column;
  }

  /// The first mismatch, if any; `key` is whether the key is the last that is missing.
  std::optional<ColumnMismatch> mismatch(bool key) const {
    if (second_ || missing_.empty()) return second_;
    return ColumnMismatch{Errc::missing_column, ColumnPlan::none, missing_message(key), hint()};
  }

  std::vector<std::string> unused() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (!used_[i]) names.push_back(names_[i]);
    }
    return names;
  }

 private:
  void note_second(std::size_t column) {
    if (second_) return;
    second_ = {Errc::duplicate_name, column, "a second column " + in_quotes(names_[column]), {}};
  }

  std::string missing_message(bool key) const {
    std::vector<std::string> parts;
    for (const std::string& name : missing_) parts.push_back(in_quotes(name));
    std::string message;
    if (key) {
      message = "no column for the key, " + parts.back();
      parts.pop_back();
    }
    if (parts.empty()) return message;
    const bool one = parts.size() == 1;
    return message + fmt::format("{}no column{} for {}, which {} not nullable", key ? "; " : "",
                                 one ? "" : "s", fmt::join(parts, ", "), one ? "is" : "are");
  }

  std::string hint() const {
    const std::vector<std::string> candidates = unused();
    std::string out;
    for (const std::string& name : missing_) {
      const std::string meant = suggest(name, candidates);
      if (meant.empty()) continue;
      out += fmt::format("; is {} meant for {}?", in_quotes(meant), in_quotes(name));
    }
    return out;
  }

  std::span<const std::string> names_;
  std::vector<bool> used_;
  std::vector<std::string> missing_;
  std::optional<ColumnMismatch> second_;
};

}  // namespace

std::optional<ColumnMismatch> match_columns(const Schema& schema,
                                            std::span<const std::string> names, ColumnPlan& plan) {
  ColumnMatcher matcher(names);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    const Tag& tag = schema.tag(id);
    if (!tag.derived.empty()) continue;
    plan.tags.push_back(id);
    plan.columns.push_back(matcher.find(tag.name, !tag.nullable));
  }
  const bool has_key = !schema.key().empty();
  if (has_key) plan.key = matcher.find(schema.key(), true);
  if (auto mismatch = matcher.mismatch(has_key && plan.key == ColumnPlan::none)) return mismatch;
  plan.ignored_columns = matcher.unused();
  return {};
}

}  // namespace muster
