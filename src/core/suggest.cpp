#include "core/suggest.hpp"

#include <algorithm>

#include "core/utf8.hpp"

namespace muster {
namespace {

// Names longer than this are not compared: nobody mistypes them, and hostile ones cost time.
constexpr std::size_t max_compared = 100;

std::u32string decode(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = decode_utf8(text, at);
    out += character.size == 0 ? U'\ufffd' : character.value;
    at += std::max<std::size_t>(character.size, 1);
  }
  return out;
}

char32_t fold(char32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

std::u32string folded(std::u32string text) {
  std::transform(text.begin(), text.end(), text.begin(), fold);
  return text;
}

std::size_t gap(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

// Distances are counted in halves so that a letter of the wrong case costs less than a wrong one.
constexpr std::size_t edit = 2;
constexpr std::size_t wrong_case = 1;

}  // namespace

Suggestion::Suggestion(std::string_view wrong)
    : wrong_(decode(wrong.substr(0, 4 * max_compared))),
      folded_(folded(wrong_)),
      limit_(edit * std::max<std::size_t>(1, wrong_.size() / 3)) {}

void Suggestion::offer(std::string_view candidate) {
  if (wrong_.size() > max_compared || candidate.size() > 4 * max_compared) return;
  const std::u32string other = decode(candidate);
  if (edit * gap(other.size(), wrong_.size()) > std::min(limit_, best_distance_)) return;
  const std::size_t d = folded(other) == folded_ ? wrong_case : distance(other);
  if (d > limit_ || d >= best_distance_ || d >= edit * other.size()) return;
  best_distance_ = d;
  best_ = candidate;
}

// Optimal string alignment, three rows.
std::size_t Suggestion::distance(std::u32string_view candidate) {
  const std::size_t width = candidate.size() + 1;
  rows_.assign(3 * width, 0);
  std::size_t* before = rows_.data();
  std::size_t* above = before + width;
  std::size_t* row = above + width;
  for (std::size_t j = 0; j < width; ++j) above[j] = edit * j;
  for (std::size_t i = 1; i <= wrong_.size(); ++i) {
    row[0] = edit * i;
    for (std::size_t j = 1; j < width; ++j) {
      const char32_t a = wrong_[i - 1], b = candidate[j - 1];
      const std::size_t change = a == b ? 0 : fold(a) == fold(b) ? wrong_case : edit;
      row[j] = std::min({above[j] + edit, row[j - 1] + edit, above[j - 1] + change});
      if (i > 1 && j > 1 && a == candidate[j - 2] && wrong_[i - 2] == b) {
        row[j] = std::min(row[j], before[j - 2] + edit);
      }
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[width - 1];
}

}  // namespace muster
