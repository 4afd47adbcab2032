#include "muster/policy/script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "tags/predicate_spans.hpp"

namespace muster {
namespace {

Diagnostic script_error(Errc code, std::size_t begin, std::size_t end, std::string message,
                        std::string suggestion = {}) {
  return {Severity::error, code, {begin, end}, std::move(message), std::move(suggestion)};
}

std::string meant_tag(const Schema& schema, std::string_view name) {
  Suggestion suggestion(name);
  for (const Tag& tag : schema.tags()) suggestion.offer(tag.name);
  return suggestion.best();
}

/// A cell's value for people.
struct ScriptText {
  const Tag& tag;

  std::string operator()(std::monostate) const { return "–"; }
  std::string operator()(bool value) const { return value ? "是" : "否"; }
  std::string operator()(Number number) const { return number_text(number); }
  std::string operator()(Date date) const { return to_string(date); }
  std::string operator()(CategoryCode code) const {
    return tag.values[static_cast<std::size_t>(code)];
  }
  std::string operator()(std::span<const CategoryCode> set) const {
    std::string out;
    for (const CategoryCode code : set) {
      if (!out.empty()) out += "、";
      out += (*this)(code);
    }
    return out;
  }
};

}  // namespace

/// Takes a text apart from left to right.
class Script::Parser {
 public:
  Parser(std::string_view text, const Schema& schema, std::size_t suggestions)
      : text_(text), schema_(schema), suggestions_(suggestions) {}

  Result<Script> parse() {
    while (at_ < text_.size()) step();
    script_.pieces_.push_back(std::move(piece_));
    if (!errors_.empty()) return to_error(std::move(errors_));
    number_places();
    return std::move(script_);
  }

 private:
  void step() {
    const std::size_t brace = text_.find_first_of("{}", at_);
    piece_.text += text_.substr(at_, brace - at_);
    at_ = std::min(brace, text_.size());
    if (at_ == text_.size()) return;
    if (at_ + 1 < text_.size() && text_[at_ + 1] == text_[at_]) {
      piece_.text += text_[at_];
      at_ += 2;
    } else if (text_[at_] == '{') {
      read_place();
    } else {
      note(Errc::script_syntax, 1, "'}' without its '{'; the brace itself is written '}}'");
    }
  }

  void read_place() {
    const std::size_t end = text_.find_first_of("{}", at_ + 1);
    if (end == text_.npos || text_[end] == '{') {
      return note(Errc::script_syntax, 1, "'{' without its '}'; the brace itself is written '{{'");
    }
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    const std::size_t size = end + 1 - at_;
    if (name.empty()) return note(Errc::script_syntax, size, "a tag's name must stand in '{}'");
    if (const auto tag = schema_.find(name)) {
      piece_.place = static_cast<std::uint32_t>(*tag);
      script_.pieces_.push_back(std::move(piece_));
      piece_ = {};
      at_ += size;
      return;
    }
    ++at_;
    note(Errc::unknown_tag, size - 2, "unknown tag " + in_quotes(name),
         errors_.size() < suggestions_ ? meant_tag(schema_, name) : "");
    ++at_;
  }

  /// Notes an error of the next `size` bytes and passes over them.
  void note(Errc code, std::size_t size, std::string message, std::string suggestion = {}) {
    errors_.push_back(
        script_error(code, at_, at_ + size, std::move(message), std::move(suggestion)));
    at_ += size;
  }

  /// Places hold tags so far; from now on positions in the list of tags.
  void number_places() {
    std::vector<TagId>& tags = script_.tags_;
    for (const Piece& piece : script_.pieces_) {
      if (piece.place != ~0U) tags.push_back(static_cast<TagId>(piece.place));
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    for (Piece& piece : script_.pieces_) {
      if (piece.place == ~0U) continue;
      const auto tag = static_cast<TagId>(piece.place);
      piece.place = static_cast<std::uint32_t>(std::lower_bound(tags.begin(), tags.end(), tag) -
                                               tags.begin());
    }
  }

  std::string_view text_;
  const Schema& schema_;
  std::size_t suggestions_;
  std::size_t at_ = 0;
  Piece piece_;  // that is being read
  Script script_;
  std::vector<Diagnostic> errors_;
};

Result<Script> Script::parse(std::string_view text, const Schema& schema, std::size_t suggestions) {
  if (text.size() > max_script_bytes) {
    return to_error({script_error(Errc::limit, 0, text.size(),
                                  fmt::format("a script of {} bytes is longer than "
                                              "max_script_bytes ({})",
                                              text.size(), max_script_bytes))});
  }
  return Parser(text, schema, suggestions).parse();
}

std::string Script::fill(std::span<const std::string> values) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    out += piece.text;
    if (piece.place != ~0U) out += values[piece.place];
  }
  return out;
}

std::string to_script_text(const Schema& schema, TagId tag, const Cell& value) {
  return std::visit(ScriptText{schema.tag(tag)}, value);
}

}  // namespace muster
