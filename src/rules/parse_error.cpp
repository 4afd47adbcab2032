#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "rules/parser.hpp"

namespace muster {
namespace {

constexpr std::size_t max_findings = 20;

constexpr const char* arithmetic_message = "arithmetic belongs in a derived tag of the schema";
constexpr const char* chain_message = "comparisons can not be chained; join them with AND";
constexpr const char* condition_message =
    "a condition can not be compared; test it with IS TRUE or IS FALSE";

// Words of SQL that a rule does not have, and what to do instead.
struct Foreign {
  std::string_view word, message;
};
constexpr std::string_view no_select =
    "a rule has no sub-select; name the other rule and write SEGMENT(name)";
constexpr std::string_view no_pattern = "LIKE 'prefix%' is the only pattern of a rule";
constexpr std::string_view no_case = "a rule has no CASE; write the cases with AND and OR";
constexpr std::string_view no_cast =
    "a rule has no CAST; compare a tag with constants of its own type";
constexpr Foreign foreign_words[] = {
    {"select", no_select},
    {"exists", no_select},
    {"case", no_case},
    {"cast", no_cast},
    {"try_cast", no_cast},
    {"ilike", no_pattern},
    {"glob", no_pattern},
    {"regexp", no_pattern},
    {"rlike", no_pattern},
    {"similar", no_pattern},
    {"escape", no_pattern},
    {"xor", "a rule has no XOR"},
    {"where", "a rule is only what follows WHERE"},
    {"isnull", "write IS NULL"},
    {"notnull", "write IS NOT NULL"},
};

std::string_view find_foreign(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const Foreign& foreign : foreign_words) {
    if (foreign.word == lower) return foreign.message;
  }
  return {};
}

}  // namespace

// An error token is a finding already.
void RuleParser::fail(Errc code, ByteRange range, std::string message, std::string suggestion) {
  if (stopped_ || (at(TokenKind::error) && range == token_.range)) return;
  findings_.push_back({Severity::error, code, range, std::move(message), std::move(suggestion)});
  if (findings_.size() == max_findings) stop();
}

void RuleParser::stop() {
  stopped_ = true;
  token_ = {};
  token_.range = {text_.size(), text_.size()};
}

// Reports what is not a token, then goes on with what was probably meant.
void RuleParser::fail_token() {
  if (stopped_) return stop();
  Diagnostic finding = diagnose(text_, token_);
  const Token meant = Tokenizer(finding.suggestion).next();
  const bool space = finding.suggestion == " ";
  const bool known = !finding.suggestion.empty() && meant.kind != TokenKind::error;
  findings_.push_back(std::move(finding));
  if (findings_.size() == max_findings) return stop();
  if (space) return advance();
  if (!known) return;
  token_.kind = meant.kind;
  token_.keyword = meant.keyword;
}

std::string RuleParser::shown(ByteRange range) const {
  std::string text = in_quotes(cut(range));
  const bool quotes = text[1] == '\'' || text[1] == '"';
  return quotes ? text.substr(1, text.size() - 2) : text;
}

std::string RuleParser::shown(const Token& token) const {
  return token.kind == TokenKind::end ? "the end of the rule" : shown(token.range);
}

std::string_view RuleParser::foreign_word() const {
  if (at(TokenKind::name)) {
    if (const auto message = find_foreign(cut(token_.range)); !message.empty()) return message;
  }
  if (operand_.shape != Shape::tag) return {};
  return find_foreign(cut(operand_.token.range));
}

void RuleParser::fail_expected(const char* wanted) {
  const std::string_view foreign = foreign_word();
  if (!foreign.empty()) return fail(Errc::syntax, token_.range, std::string(foreign));
  fail(Errc::syntax, token_.range, fmt::format("expected {}, found {}", wanted, shown(token_)));
}

void RuleParser::fail_operand(const char* wanted) {
  if (!at(Keyword::has_) && !at(Keyword::any_) && !at(Keyword::all_)) return fail_expected(wanted);
  fail(Errc::syntax, token_.range,
       fmt::format("expected {}, found the keyword {}; a tag of that name stands in double quotes",
                   wanted, shown(token_)),
       fmt::format("\"{}\"", cut(token_.range)));
}

// Something stands between an operand and the next AND, OR, closing parenthesis or end.
void RuleParser::fail_joint() {
  const bool value = operand_.shape >= Shape::tag;
  const bool inside = std::any_of(frames_.begin(), frames_.end(), [](const Frame& frame) {
    return frame.open == Open::parenthesis;
  });
  const std::string wanted = fmt::format("{}AND, OR or {}", value ? "a comparison, " : "",
                                         inside ? "')'" : "the end of the rule");
  const std::string_view foreign = foreign_word();
  if (!foreign.empty() || !at(TokenKind::name)) {
    fail_expected(wanted.c_str());
  } else {
    Suggestion meant(cut(token_.range));
    for (const char* word : {"AND", "OR"}) meant.offer(word);
    for (const char* word : {"IN", "IS", "HAS", "NOT", "LIKE", "BETWEEN"}) {
      if (value) meant.offer(word);
    }
    fail(Errc::syntax, token_.range, fmt::format("expected {}, found {}", wanted, shown(token_)),
         meant.best());
  }
  recover();
}

void RuleParser::fail_call(const Token& function) {
  const std::string_view foreign = find_foreign(cut(function.range));
  if (!foreign.empty()) return fail(Errc::syntax, function.range, std::string(foreign));
  fail(Errc::syntax, function.range,
       fmt::format("unknown function {}; calculations belong in a derived tag of the schema",
                   shown(function)),
       suggest(cut(function.range),
               std::initializer_list<const char*>{"days_since", "days_until", "SEGMENT"}));
}

void RuleParser::fail_comparison(const Operand& left, const Operand& right) {
  const ByteRange range = {left.range.begin, right.range.end};
  if (left.shape == Shape::comparison) {
    fail(Errc::syntax, range, chain_message);
  } else if (left.shape == Shape::condition || right.shape == Shape::condition) {
    fail(Errc::syntax, range, condition_message);
  } else if (left.shape == Shape::constant) {
    fail(Errc::syntax, range,
         "two constants are compared; the name of a tag is bare or in double quotes");
  } else {
    fail(Errc::syntax, range,
         "two tags are compared; text stands in single quotes, and a difference of tags is a "
         "derived tag of the schema");
  }
}

void RuleParser::fail_left_side(const char* keyword) {
  if (operand_.shape == Shape::comparison) {
    fail(Errc::syntax, token_.range, chain_message);
  } else if (operand_.shape == Shape::condition) {
    fail(Errc::syntax, token_.range, condition_message);
  } else {
    fail(Errc::syntax, operand_.range,
         fmt::format("{} takes a tag on its left, found the constant {}", keyword,
                     shown(operand_.range)));
  }
}

// A constant is wanted, and the operand is something else.
void RuleParser::fail_constant() {
  const std::string_view foreign = foreign_word();
  if (!foreign.empty()) return fail(Errc::syntax, operand_.range, std::string(foreign));
  fail(Errc::syntax, operand_.range,
       fmt::format("expected a constant, found {}; text stands in single quotes",
                   shown(operand_.range)));
}

void RuleParser::fail_arithmetic() { fail(Errc::syntax, token_.range, arithmetic_message); }

// Past the end of `open` parentheses that are open here.
void RuleParser::skip_parentheses(std::size_t open) {
  for (; open > 0 && !at(TokenKind::end); advance()) {
    if (at(TokenKind::left_paren)) ++open;
    if (at(TokenKind::right_paren)) --open;
  }
}

// To where reading can go on: AND, OR, a closing parenthesis, in a list also a comma.
void RuleParser::recover(bool in_list) {
  operand_.shape = Shape::failed;
  while (!at_joint() && !(in_list && at(TokenKind::comma))) {
    const bool opens = at(TokenKind::left_paren);
    advance();
    if (opens) skip_parentheses(1);
  }
}

}  // namespace muster
