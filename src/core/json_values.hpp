#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/json_document.hpp"

namespace muster {

/// What a number may be, both ends included.
struct NumberRange {
  double least = 0;
  double most = 0;
  bool whole = false;
};

/// A number of the range; −0 is read as 0. Notes json_type for other kinds and bad_setting for
/// other numbers: "'lever' must be a number from 0 to 1000000".
std::optional<double> read_number(JsonNode node, std::string_view what, NumberRange range,
                                  std::vector<Diagnostic>& errors);
/// The member's number, or `fallback` where it is not there or wrong (noted).
double number_or(const JsonObject& object, std::string_view key, NumberRange range, double fallback,
                 std::vector<Diagnostic>& errors);
/// The same where the member must be there.
double require_number(JsonObject& object, std::string_view key, NumberRange range,
                      std::vector<Diagnostic>& errors);

/// The position of the string in `words`. Notes bad_setting, with "did you mean", for others:
/// "'mode' must be cooperative or active, not 'actve'".
std::optional<std::size_t> read_word(JsonNode node, std::string_view what,
                                     std::span<const std::string_view> words,
                                     std::vector<Diagnostic>& errors);

/// The names of the enumerators 0, 1, … of an enum.
template <class Enum, std::size_t count>
std::array<std::string_view, count> names_of() {
  std::array<std::string_view, count> names;
  for (std::size_t i = 0; i < count; ++i) names[i] = name(static_cast<Enum>(i));
  return names;
}

/// One of the first `count` enumerators, by name.
template <class Enum, std::size_t count>
std::optional<Enum> read_enum(JsonNode node, std::string_view what,
                              std::vector<Diagnostic>& errors) {
  const auto found = read_word(node, what, names_of<Enum, count>(), errors);
  if (!found) return std::nullopt;
  return static_cast<Enum>(*found);
}

/// Whether the node is an array that is not empty; an error is noted if not.
bool expect_entries(JsonNode node, std::string_view what, std::vector<Diagnostic>& errors);

}  // namespace muster
