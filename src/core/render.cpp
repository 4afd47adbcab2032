#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

constexpr std::size_t tab_stop = 4;
constexpr std::size_t max_cells = 100;    // wider lines are shown as a window
constexpr std::size_t cells_before = 40;  // of the window, before the caret

// A character as it is shown.
struct Glyph {
  std::string_view text;  // replaced where it can not be shown
  std::size_t bytes = 1;
  std::size_t cells = 1;
};

Glyph glyph_at(std::string_view line, std::size_t at, std::size_t column) {
  static constexpr std::string_view spaces = "    ";
  const CodePoint character = decode_utf8(line, at);
  if (character.value == '\t') {
    const std::size_t cells = tab_stop - column % tab_stop;
    return {spaces.substr(0, cells), 1, cells};
  }
  const std::size_t bytes = std::max<std::size_t>(character.size, 1);
  if (character.size == 0 || is_control(character.value)) return {"\xef\xbf\xbd", bytes, 1};
  return {line.substr(at, bytes), bytes, static_cast<std::size_t>(display_width(character.value))};
}

struct Line {
  std::size_t number = 1;
  std::size_t begin = 0;  // in the source
  std::string_view text;
};

Line line_of(std::string_view source, std::size_t at) {
  Line line;
  const std::size_t newline = at == 0 ? source.npos : source.rfind('\n', at - 1);
  line.begin = newline == source.npos ? 0 : newline + 1;
  line.number += static_cast<std::size_t>(
      std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(line.begin), '\n'));
  if (line.begin == 0 && source.starts_with("\xef\xbb\xbf") && at >= 3) line.begin = 3;
  line.text = source.substr(line.begin, source.find('\n', at) - line.begin);
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  return line;
}

std::size_t column_of(std::string_view line, std::size_t at) {
  std::size_t column = 1;
  for (std::size_t i = 0; i < at; ++column) i += glyph_at(line, i, 0).bytes;
  return column;
}

// Whether the line from `at` on needs no more than `cells`.
bool fits(std::string_view line, std::size_t at, std::size_t cells) {
  std::size_t used = 0;
  while (at < line.size() && used <= cells) {
    const Glyph glyph = glyph_at(line, at, used);
    used += glyph.cells;
    at += glyph.bytes;
  }
  return used <= cells;
}

std::size_t step_back(std::string_view line, std::size_t at) {
  std::size_t start = at - 1;
  while (start > 0 && at - start < 4 && (static_cast<unsigned char>(line[start]) & 0xc0) == 0x80) {
    --start;
  }
  return decode_utf8(line, start).size == at - start ? start : at - 1;
}

std::size_t window_begin(std::string_view line, std::size_t caret) {
  if (fits(line, 0, max_cells)) return 0;
  std::size_t begin = caret;
  for (std::size_t cells = 0; begin > 0 && cells < cells_before; ++cells) {
    begin = step_back(line, begin);
  }
  return begin;
}

// The line and, under bytes [begin, end) of it, a caret line.
std::string draw(std::string_view line, std::size_t begin, std::size_t end) {
  std::string shown = "  ", carets = "  ";
  std::size_t at = window_begin(line, begin), column = 0;
  if (at > 0) {
    shown += "…";
    carets += ' ';
    ++column;
  }
  std::size_t marked = 0;
  while (at < line.size() && column < max_cells) {
    const Glyph glyph = glyph_at(line, at, column);
    at += glyph.bytes;
    column += glyph.cells;
    shown += glyph.text;
    if (at <= begin) {
      carets.append(glyph.cells, ' ');
    } else if (at - glyph.bytes < end) {
      marked += glyph.cells;
    }
  }
  if (at < line.size()) shown += "…";
  carets += '^';
  if (marked > 1) carets.append(marked - 1, '~');
  return shown + '\n' + carets + '\n';
}

}  // namespace

std::string render(const Diagnostic& diagnostic, std::string_view source, std::string_view file) {
  const std::size_t begin = std::min(diagnostic.range.begin, source.size());
  const std::size_t end = std::clamp(diagnostic.range.end, begin, source.size());
  const Line line = line_of(source, begin);
  const std::size_t caret = std::min(begin - line.begin, line.text.size());
  return fmt::format("{}{}{}:{}: {}: {}\n{}", file, file.empty() ? "" : ":", line.number,
                     column_of(line.text, caret),
                     diagnostic.severity == Severity::error ? "error" : "warning",
                     full_message(diagnostic),
                     draw(line.text, caret, std::min(end - line.begin, line.text.size())));
}

}  // namespace muster
