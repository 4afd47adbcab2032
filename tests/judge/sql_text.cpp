#include "judge/sql_text.hpp"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "core/token.hpp"

namespace muster::judge {
namespace {

class Translator {
 public:
  Translator(std::string_view rule, const std::map<std::string, std::string>& segments, Date today)
      : rule_(rule), segments_(segments), today_(today) {
    Tokenizer tokens(rule);
    do {
      tokens_.push_back(tokens.next());
    } while (tokens_.back().kind != TokenKind::end);
  }

  std::string run() {
    while (at().kind != TokenKind::end) translate();
    return out_;
  }

 private:
  const Token& at(std::size_t ahead = 0) const {
    return tokens_[std::min(index_ + ahead, tokens_.size() - 1)];
  }
  std::string_view written(const Token& token) const {
    return rule_.substr(token.range.begin, token.range.end - token.range.begin);
  }
  std::string meant(const Token& token) const {
    std::string buffer;
    return std::string(token_text(rule_, token, buffer));
  }
  // With the space and comments before it.
  void copy() {
    const std::size_t begin = index_ == 0 ? 0 : tokens_[index_ - 1].range.end;
    out_ += rule_.substr(begin, at().range.end - begin);
    ++index_;
  }

  void translate() {
    switch (at().keyword) {
      case Keyword::date_:
        ++index_;
        out_ += ' ' + std::string(written(at()));
        ++index_;
        return;
      case Keyword::days_since_:
        out_ +=
            fmt::format(" (julianday('{}') - julianday({}))", to_string(today_), written(at(2)));
        index_ += 4;
        return;
      case Keyword::days_until_:
        out_ +=
            fmt::format(" (julianday({}) - julianday('{}'))", written(at(2)), to_string(today_));
        index_ += 4;
        return;
      case Keyword::segment_:
        out_ += " (" + sql_text(segments_.at(meant(at(2))), segments_, today_) + "\n)";
        index_ += 4;
        return;
      default:
        return at(1).keyword == Keyword::has_ ? translate_has() : copy();
    }
  }

  // name HAS ANY|ALL (items)
  void translate_has() {
    const std::string set(written(at()));
    const bool all = at(2).keyword == Keyword::all_;
    std::set<std::string> items;
    std::string list;
    for (index_ += 4; at().kind != TokenKind::right_paren; ++index_) {
      if (at().kind == TokenKind::string) items.insert(meant(at()));
      list += written(at());
    }
    ++index_;
    out_ += fmt::format(
        " (CASE WHEN {0} IS NULL THEN NULL ELSE (SELECT count(DISTINCT value) FROM json_each({0}) "
        "WHERE value IN ({1})) >= {2} END)",
        set, list, all ? items.size() : 1);
  }

  std::string_view rule_;
  const std::map<std::string, std::string>& segments_;
  Date today_;
  std::vector<Token> tokens_;
  std::size_t index_ = 0;
  std::string out_;
};

}  // namespace

std::string sql_text(std::string_view rule, const std::map<std::string, std::string>& segments,
                     Date today) {
  return Translator(rule, segments, today).run();
}

}  // namespace muster::judge
