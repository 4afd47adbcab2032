#include "core/json_values.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "core/word_list.hpp"

namespace muster {

std::optional<double> read_number(JsonNode node, std::string_view what, NumberRange range,
                                  std::vector<Diagnostic>& errors) {
  if (!expect_number(node, what, errors)) return std::nullopt;
  const double value = node.number() + 0.0;  // −0 becomes 0
  const bool inside = value >= range.least && value <= range.most;
  if (inside && (!range.whole || std::floor(value) == value)) return value;
  errors.push_back({Severity::error,
                    Errc::bad_setting,
                    node.range(),
                    fmt::format("{} must be a {}number from {} to {}", what,
                                range.whole ? "whole " : "", range.least, range.most),
                    {}});
  return std::nullopt;
}

double number_or(const JsonObject& object, std::string_view key, NumberRange range, double fallback,
                 std::vector<Diagnostic>& errors) {
  const auto node = object.find(key);
  return node ? read_number(*node, in_quotes(key), range, errors).value_or(fallback) : fallback;
}

double require_number(JsonObject& object, std::string_view key, NumberRange range,
                      std::vector<Diagnostic>& errors) {
  object.require(key);
  return number_or(object, key, range, range.least, errors);
}

std::optional<std::size_t> read_word(JsonNode node, std::string_view what,
                                     std::span<const std::string_view> words,
                                     std::vector<Diagnostic>& errors) {
  const auto word = read_string(node, what, errors);
  if (!word) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  errors.push_back({Severity::error, Errc::bad_setting, node.range(),
                    fmt::format("{} must be {}, not {}", what, one_of(words), in_quotes(*word)),
                    suggest(*word, words)});
  return std::nullopt;
}

bool expect_entries(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors) {
  if (!expect_array(node, what, errors)) return false;
  if (node.size() != 0) return true;
  errors.push_back({Severity::error,
                    Errc::bad_setting,
                    node.range(),
                    fmt::format("{} may not be empty", what),
                    {}});
  return false;
}

}  // namespace muster
