#pragma once

#include <string>
#include <string_view>

#include "muster/tags/user_table.hpp"

namespace muster {

enum class CellStatus : std::uint8_t { good, bad, out_of_range };

/// A cell's text as a boolean: true/false, yes/no, t/f, y/n in any case, 1/0.
CellStatus read_boolean(std::string_view text, std::uint8_t& value) noexcept;

/// Digits with an optional sign, fraction and exponent. Whole numbers of 64 bits are read
/// exactly, others to the nearest double.
CellStatus read_number(std::string_view text, Number& value) noexcept;

/// Takes the quotes off a cell that has some; `doubled` tells whether there are more within.
/// False where the cell breaks the rules: a quote inside an unquoted cell, or text after the
/// closing quote, or no closing quote; the cell is then left as it was.
bool strip_quotes(std::string_view& cell, bool& doubled) noexcept;

/// `text` with one quote for each two, in `buffer`. REQUIRES: quotes come in pairs.
std::string_view undouble_quotes(std::string_view text, std::string& buffer);

}  // namespace muster
