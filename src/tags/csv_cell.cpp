#include "tags/csv_cell.hpp"

#include <charconv>
#include <system_error>

namespace muster {
namespace {

// The powers of ten that a double holds exactly.
constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The usual case: a few digits and perhaps a fraction. The digits as an integer and the power
/// of ten are both exact doubles, so that one division rounds right.
bool read_short_number(std::string_view text, Number& value) noexcept {
  const bool negative = text[0] == '-';
  std::int64_t digits = 0;
  std::size_t count = 0, fraction = 0;
  bool point = false;
  for (const char c : text.substr(negative ? 1 : 0)) {
    if (is_digit(c)) {
      digits = digits * 10 + (c - '0');
      ++count;
      fraction += point ? 1 : 0;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  if (count == 0) return false;
  if (negative) digits = -digits;
  value = point ? Number(static_cast<double>(digits) / powers_of_ten[fraction]) : Number(digits);
  return true;
}

bool begins_as_number(std::string_view text) {
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  if (text.size() == sign) return false;
  return is_digit(text[sign]) ||
         (text[sign] == '.' && text.size() > sign + 1 && is_digit(text[sign + 1]));
}

CellStatus read_any_number(std::string_view text, Number& value) noexcept {
  const char* end = text.data() + text.size();
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(text.data(), end, integer);
      read.ec == std::errc() && read.ptr == end) {
    value = Number(integer);
    return CellStatus::good;
  }
  double number = 0;
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ptr != end) return CellStatus::bad;
  if (read.ec != std::errc()) return CellStatus::out_of_range;
  value = Number(number);
  return CellStatus::good;
}

/// Lower case of up to eight ASCII letters, as one word, so that a comparison is one too.
constexpr std::uint64_t word_of(std::string_view text) {
  std::uint64_t word = 0;
  for (const char c : text) word = word << 8 | (static_cast<unsigned char>(c) | 0x20u);
  return word;
}

}  // namespace

CellStatus read_boolean(std::string_view text, std::uint8_t& value) noexcept {
  if (text.size() == 1 && (text[0] == '0' || text[0] == '1')) {
    value = static_cast<std::uint8_t>(text[0] - '0');
    return CellStatus::good;
  }
  if (text.size() > 5) return CellStatus::bad;
  for (const char c : text) {
    if ((c | 0x20) < 'a' || (c | 0x20) > 'z') return CellStatus::bad;
  }
  switch (word_of(text)) {
    case word_of("true"):
    case word_of("yes"):
    case word_of("t"):
    case word_of("y"):
      value = 1;
      return CellStatus::good;
    case word_of("false"):
    case word_of("no"):
    case word_of("f"):
    case word_of("n"):
      value = 0;
      return CellStatus::good;
    default:
      return CellStatus::bad;
  }
}

CellStatus read_number(std::string_view text, Number& value) noexcept {
  constexpr std::size_t short_text = 16;  // at most 15 digits and a point: below 2^53
  if (text.empty()) return CellStatus::bad;
  if (text.size() <= short_text && read_short_number(text, value)) return CellStatus::good;
  return begins_as_number(text) ? read_any_number(text, value) : CellStatus::bad;
}

bool strip_quotes(std::string_view& cell, bool& doubled) noexcept {
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return false;
  const std::string_view text = cell.substr(1, cell.size() - 2);
  doubled = false;
  for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at + 2)) {
    if (at + 1 == text.size() || text[at + 1] != '"') return false;
    doubled = true;
  }
  cell = text;
  return true;
}

std::string_view undouble_quotes(std::string_view text, std::string& buffer) {
  buffer.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    buffer.push_back(text[at]);
    if (text[at] == '"') ++at;
  }
  return buffer;
}

}  // namespace muster
