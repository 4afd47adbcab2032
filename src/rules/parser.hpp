#pragma once

#include <boost/container/small_vector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/token.hpp"
#include "muster/rules/expr.hpp"

namespace muster {

/// Reads one rule into a tree: operators above comparisons by a stack of open constructs (so that
/// no nesting can overflow the program's own), comparisons by straight-line code. Goes on after
/// an error at the next AND, OR, comma or closing parenthesis; the tree is then of no use.
///
/// A constant is kept back until it is known what it is compared with: `96 = plan_fee` becomes
/// `plan_fee = 96`, so that every comparison in the tree has its tag on the left.
class RuleParser {
 public:
  RuleParser(Expr& out, std::string_view text, const Limits& limits)
      : out_(out), text_(text), limits_(limits), tokens_(text) {}

  /// Findings are empty where the text is a rule.
  std::vector<Diagnostic> run();

 private:
  enum class Open : std::uint8_t { parenthesis, disjunction, conjunction, negation };
  struct Frame {
    Open open;
    std::uint32_t operands;  // complete ones, before the operand being read
    ByteRange range;         // of the construct so far
  };

  enum class Shape : std::uint8_t {
    condition,   // may be joined, and tested with IS
    comparison,  // a condition that no parentheses close off
    tag,
    days,      // days_since, days_until
    constant,  // not yet on the tape
    failed     // reported already
  };
  struct Operand {
    Shape shape = Shape::failed;
    ByteRange range;
    Expr::Op constant = Expr::Op::null;
    Token token;  // of the constant, sign included
  };

  // parse.cpp: operands and what joins them.
  void read_operand();
  bool open_construct();
  bool read_joint();
  void join(Open open);
  void close_parenthesis();
  void reduce(Open above);
  void settle();
  void finish();

  // parse_operand.cpp: tags, constants, functions.
  void read_primary(const char* wanted);
  void read_name_or_call();
  void read_keyword(const char* wanted);
  void read_segment();
  void read_days(Expr::Op op);
  void read_date();
  void read_signed();
  void read_unsigned(ByteRange sign, bool negative);
  void keep_constant(Expr::Op op);
  void push_constant(const Operand& constant);
  bool read_argument(const char* function, const char* wanted);
  std::string_view word(const Token& token) { return token_text(text_, token, buffer_); }
  std::string_view cut(ByteRange range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }

  // parse_condition.cpp: comparisons and other tests.
  void read_conditions();
  bool read_keyword_condition();
  void read_comparison(Expr::Op op);
  bool read_right_side();
  void read_negated_test();
  void read_list(Expr::Op op, const char* keyword);
  std::uint32_t read_items(const char* keyword);
  bool read_item();
  bool read_constant();
  void read_between(Expr::Op op);
  bool read_lower_bound();
  void read_like(Expr::Op op);
  void read_has();
  void read_is();
  bool left_is_value(const char* keyword);
  void push_condition(Expr::Op op, std::uint32_t arity, std::size_t begin);

  // parse_error.cpp: what went wrong.
  void fail(Errc code, ByteRange range, std::string message, std::string suggestion = {});
  void fail_token();
  void fail_expected(const char* wanted);
  void fail_operand(const char* wanted);
  void fail_joint();
  void fail_call(const Token& function);
  void fail_comparison(const Operand& left, const Operand& right);
  void fail_left_side(const char* keyword);
  void fail_constant();
  void fail_arithmetic();
  std::string_view foreign_word() const;
  std::string shown(ByteRange range) const;
  std::string shown(const Token& token) const;
  void skip_parentheses(std::size_t open);
  void recover(bool in_list = false);
  bool at_joint() const {
    return at(Keyword::and_) || at(Keyword::or_) || at(TokenKind::right_paren) ||
           at(TokenKind::end);
  }
  void stop();

  void advance() {
    last_end_ = token_.range.end;
    token_ = tokens_.next();
    if (token_.kind == TokenKind::error || stopped_) [[unlikely]]
      fail_token();
  }
  bool at(TokenKind kind) const { return token_.kind == kind; }
  bool at(Keyword keyword) const { return token_.keyword == keyword; }
  bool at_arithmetic() const {
    return token_.kind >= TokenKind::plus && token_.kind <= TokenKind::percent;
  }
  ByteRange from(std::size_t begin) const { return {begin, last_end_}; }
  void open(Open construct);
  void check_depth(std::size_t more);
  void count_condition();

  Expr& out_;
  std::string_view text_;
  const Limits& limits_;
  Tokenizer tokens_;
  Token token_;
  Operand operand_;
  std::size_t last_end_ = 0;  // where the token before ended
  std::size_t conditions_ = 0;
  bool stopped_ = false;
  std::string buffer_;
  boost::container::small_vector<Frame, 16> frames_;
  std::vector<Diagnostic> findings_;
};

}  // namespace muster
