#include "tags/arrow_type.hpp"

#include <charconv>
#include <string_view>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

using Kind = ArrowType::Kind;

constexpr std::int64_t seconds_a_day = 86'400;

struct Format {
  std::string_view text;
  ArrowType type;
};

constexpr ArrowType moments(std::int64_t a_second, const char* name) {
  return {Kind::moments, 8, 0, seconds_a_day * a_second, 0, name};
}

constexpr Format whole_formats[] = {
    {"n", {Kind::null, 0, 0, 0, 0, "null"}},
    {"b", {Kind::boolean, 0, 0, 0, 0, "bool"}},
    {"c", {Kind::signed_integer, 1, 0, 0, 0, "int8"}},
    {"C", {Kind::unsigned_integer, 1, 0, 0, 0, "uint8"}},
    {"s", {Kind::signed_integer, 2, 0, 0, 0, "int16"}},
    {"S", {Kind::unsigned_integer, 2, 0, 0, 0, "uint16"}},
    {"i", {Kind::signed_integer, 4, 0, 0, 0, "int32"}},
    {"I", {Kind::unsigned_integer, 4, 0, 0, 0, "uint32"}},
    {"l", {Kind::signed_integer, 8, 0, 0, 0, "int64"}},
    {"L", {Kind::unsigned_integer, 8, 0, 0, 0, "uint64"}},
    {"e", {Kind::floating, 2, 0, 0, 0, "float16"}},
    {"f", {Kind::floating, 4, 0, 0, 0, "float32"}},
    {"g", {Kind::floating, 8, 0, 0, 0, "float64"}},
    {"u", {Kind::text, 0, 0, 0, 0, "utf8"}},
    {"U", {Kind::large_text, 0, 0, 0, 0, "large utf8"}},
    {"vu", {Kind::text_view, 0, 0, 0, 0, "utf8 view"}},
    {"tdD", {Kind::days, 4, 0, 0, 0, "date32"}},
    {"tdm", moments(1'000, "date64")},
    {"+l", {Kind::list, 0, 0, 0, 0, "list"}},
    {"+L", {Kind::large_list, 0, 0, 0, 0, "large list"}},
    {"+vl", {Kind::list_view, 0, 0, 0, 0, "list view"}},
    {"+vL", {Kind::large_list_view, 0, 0, 0, 0, "large list view"}},
    {"+s", {Kind::structure, 0, 0, 0, 0, "struct"}},
    {"z", {Kind::other, 0, 0, 0, 0, "binary"}},
    {"Z", {Kind::other, 0, 0, 0, 0, "large binary"}},
    {"vz", {Kind::other, 0, 0, 0, 0, "binary view"}},
    {"+m", {Kind::other, 0, 0, 0, 0, "map"}},
    {"+r", {Kind::other, 0, 0, 0, 0, "run-end encoded"}},
};

/// Formats that go on behind these: time zones, sizes.
constexpr Format beginnings[] = {
    {"tss:", moments(1, "timestamp")},
    {"tsm:", moments(1'000, "timestamp")},
    {"tsu:", moments(1'000'000, "timestamp")},
    {"tsn:", moments(1'000'000'000, "timestamp")},
    {"tt", {Kind::other, 0, 0, 0, 0, "time of day"}},
    {"tD", {Kind::other, 0, 0, 0, 0, "duration"}},
    {"ti", {Kind::other, 0, 0, 0, 0, "interval"}},
    {"w:", {Kind::other, 0, 0, 0, 0, "fixed size binary"}},
    {"+u", {Kind::other, 0, 0, 0, 0, "union"}},
};

/// A number up to `end`, or to the comma before it; what is read is taken off.
bool take_number(std::string_view& text, std::int64_t& value) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.empty()) return true;
  const bool comma = text[0] == ',';
  text.remove_prefix(1);
  return comma && !text.empty();
}

/// "d:precision,scale", then perhaps ",bits".
ArrowType read_decimal(std::string_view text) noexcept {
  std::int64_t precision = 0, scale = 0, bits = 128;
  bool good = take_number(text, precision) && !text.empty() && take_number(text, scale);
  if (good && !text.empty()) good = take_number(text, bits) && text.empty();
  const bool known = bits == 32 || bits == 64 || bits == 128 || bits == 256;
  constexpr std::int64_t most_digits = 76;
  if (!good || !known || scale < -most_digits || scale > most_digits) return {};
  return {Kind::decimal, static_cast<unsigned>(bits / 8), scale, 0, 0, "decimal"};
}

ArrowType read_fixed_list(std::string_view text) noexcept {
  std::int64_t size = 0;
  if (!take_number(text, size) || !text.empty() || size < 0) return {};
  return {Kind::fixed_list, 0, 0, 0, size, "fixed size list"};
}

}  // namespace

ArrowType read_type(const ArrowSchema& schema) noexcept {
  const std::string_view format = schema.format != nullptr ? schema.format : "";
  for (const Format& known : whole_formats) {
    if (known.text == format) return known.type;
  }
  for (const Format& known : beginnings) {
    if (format.starts_with(known.text)) return known.type;
  }
  if (format.starts_with("d:")) return read_decimal(format.substr(2));
  if (format.starts_with("+w:")) return read_fixed_list(format.substr(3));
  return {};
}

namespace {

std::string describe_type(const ArrowSchema& schema, unsigned depth) {
  if (depth == 0) return "…";
  if (schema.dictionary != nullptr) {
    return "dictionary of " + describe_type(*schema.dictionary, depth - 1);
  }
  const ArrowType type = read_type(schema);
  if (type.name == ArrowType().name) {
    return "the format " + in_quotes(schema.format != nullptr ? schema.format : "");
  }
  if (!type.is_list() || schema.n_children != 1 || schema.children == nullptr ||
      schema.children[0] == nullptr) {
    return type.name;
  }
  return type.name + std::string(" of ") + describe_type(*schema.children[0], depth - 1);
}

}  // namespace

std::string describe_type(const ArrowSchema& schema) {
  constexpr unsigned most_levels = 8;  // a producer's types may go on without an end
  return describe_type(schema, most_levels);
}

}  // namespace muster
