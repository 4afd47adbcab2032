#include "cli/text_table.hpp"

#include <algorithm>
#include <cmath>

#include "core/utf8.hpp"

namespace muster::cli {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";
constexpr std::string_view gap = "  ";

/// A text as a terminal can show it, and how many cells it takes.
struct Shown {
  std::string text;
  std::size_t cells = 0;
};

Shown shown(std::string_view text) {
  Shown out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = decode_utf8(text, at);
    const std::size_t size = std::max<std::size_t>(character.size, 1);
    if (character.size == 0 || is_control(character.value)) {
      out.text += replacement;
      ++out.cells;
    } else {
      out.text += text.substr(at, size);
      out.cells += static_cast<std::size_t>(display_width(character.value));
    }
    at += size;
  }
  return out;
}

}  // namespace

TextTable::TextTable(std::vector<std::string> header, std::string_view sides) : sides_(sides) {
  add(std::move(header));
}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TextTable::text() const {
  if (rows_.size() < 2) return {};
  std::vector<std::size_t> widths(rows_[0].size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], shown(row[i]).cells);
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Shown cell = shown(row[i]);
      const std::string blanks(widths[i] - cell.cells, ' ');
      if (i > 0) line += gap;
      line += sides_[i] == 'l' ? cell.text + blanks : blanks + cell.text;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string bar(double part, std::size_t cells) {
  static constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double length = std::clamp(part, 0.0, 1.0) * static_cast<double>(cells);
  const auto steps = static_cast<std::size_t>(std::lround(length * 8));
  std::string out;
  for (std::size_t i = 0; i < steps / 8; ++i) out += "█";
  out += eighths[steps % 8];
  return out + std::string(cells - (steps + 7) / 8, ' ');
}

}  // namespace muster::cli
