#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"
#include "core/token.hpp"
#include "tags/arithmetic.hpp"

namespace muster {

// An operator-precedence parser with its own stack, so that nesting costs no stack of ours. The
// first error ends it: a formula is short.
class ArithmeticParser {
 public:
  ArithmeticParser(std::string_view text, std::span<const Tag> tags, const FindTag& find,
                   const Limits& limits)
      : text_(text), tags_(tags), find_(find), limits_(limits), tokenizer_(text) {}

  Result<Arithmetic> parse() {
    if (text_.size() > limits_.max_rule_bytes) {
      return fail(Errc::limit, {},
                  fmt::format("{} bytes of formula are more than max_rule_bytes, {}", text_.size(),
                              limits_.max_rule_bytes));
    }
    advance();
    bool operand_next = true;
    while (!failed_ && !(token_.kind == TokenKind::end && !operand_next)) {
      operand_next = operand_next ? operand() : infix();
    }
    while (!failed_ && !pending_.empty()) {
      if (pending_.back().sign == Sign::paren) {
        set_failed(Errc::bad_derived, pending_.back().range, "the '(' is not closed");
      } else {
        reduce();
      }
    }
    if (failed_) return std::move(error_);
    return std::move(out_);
  }

 private:
  using Op = Arithmetic::Op;
  enum class Sign : std::uint8_t { paren, add, multiply, negate };  // ascending precedence
  struct Pending {
    Sign sign;
    Op op;
    ByteRange range;
  };

  void advance() {
    token_ = tokenizer_.next();
    if (token_.kind == TokenKind::error) {
      Diagnostic found = diagnose(text_, token_);
      set_failed(found.code == Errc::syntax ? Errc::bad_derived : found.code, found.range,
                 std::move(found.message), std::move(found.suggestion));
    }
  }

  // Reads one token where an operand may begin; whether one must still come.
  bool operand() {
    switch (token_.kind) {
      case TokenKind::minus:
        push(Sign::negate, Op::negate);
        return true;
      case TokenKind::left_paren:
        push(Sign::paren, Op::constant);
        return true;
      case TokenKind::integer:
        constant(static_cast<double>(token_.integer));
        return false;
      case TokenKind::number:
        constant(token_.number);
        return false;
      case TokenKind::name:
      case TokenKind::quoted_name:
        tag();
        return false;
      default:
        expected("a tag, a number or '('");
        return true;
    }
  }

  // Reads one token where an operator may stand; whether an operand must come next.
  bool infix() {
    switch (token_.kind) {
      case TokenKind::plus:
        binary(Sign::add, Op::add);
        return true;
      case TokenKind::minus:
        binary(Sign::add, Op::subtract);
        return true;
      case TokenKind::star:
        binary(Sign::multiply, Op::multiply);
        return true;
      case TokenKind::slash:
        binary(Sign::multiply, Op::divide);
        return true;
      case TokenKind::right_paren:
        close();
        return false;
      default:
        expected("'+', '-', '*', '/' or the end");
        return false;
    }
  }

  void push(Sign sign, Op op) {
    if (pending_.size() >= limits_.max_rule_depth) {
      return set_failed(Errc::limit, token_.range,
                        fmt::format("the formula is nested deeper than max_rule_depth, {}",
                                    limits_.max_rule_depth));
    }
    pending_.push_back({sign, op, token_.range});
    advance();
  }

  void binary(Sign sign, Op op) {
    while (!pending_.empty() && pending_.back().sign >= sign) reduce();
    out_.may_be_null_ = true;
    push(sign, op);
  }

  void close() {
    while (!pending_.empty() && pending_.back().sign != Sign::paren) reduce();
    if (pending_.empty()) return expected("'+', '-', '*', '/' or the end");
    pending_.pop_back();
    advance();
  }

  void reduce() {
    out_.steps_.push_back({pending_.back().op, 0, 0});
    if (pending_.back().op != Op::negate) --depth_;
    pending_.pop_back();
  }

  void leaf(Arithmetic::Step step) {
    out_.steps_.push_back(step);
    out_.stack_size_ = std::max(out_.stack_size_, ++depth_);
    advance();
  }

  void constant(double value) { leaf({Op::constant, 0, value}); }

  void tag() {
    const std::string_view name = token_text(text_, token_, buffer_);
    const std::optional<TagId> id = find_(name);
    if (!id) return unknown(name);
    const Tag& tag = tags_[static_cast<std::size_t>(*id)];
    if (tag.type != TagType::number) {
      return set_failed(Errc::bad_derived, token_.range,
                        fmt::format("the tag {} is of type {}, but a formula takes numbers",
                                    in_quotes(name), muster::name(tag.type)));
    }
    auto& inputs = out_.inputs_;
    const auto found = std::find(inputs.begin(), inputs.end(), *id);
    const auto index = static_cast<std::uint32_t>(found - inputs.begin());
    if (found == inputs.end()) inputs.push_back(*id);
    leaf({Op::input, index, 0});
  }

  void unknown(std::string_view name) {
    Suggestion suggestion(name);
    for (const Tag& tag : tags_) {
      if (tag.type == TagType::number) suggestion.offer(tag.name);
    }
    set_failed(Errc::unknown_tag, token_.range, fmt::format("unknown tag {}", in_quotes(name)),
               suggestion.best());
  }

  void expected(std::string_view what) {
    if (failed_) return;
    set_failed(Errc::bad_derived, token_.range,
               fmt::format("expected {}, found {}", what, describe(text_, token_)));
  }

  void set_failed(Errc code, ByteRange range, std::string message, std::string suggestion = {}) {
    if (failed_) return;
    failed_ = true;
    error_ = to_error({{Severity::error, code, range, std::move(message), std::move(suggestion)}});
  }

  Error fail(Errc code, ByteRange range, std::string message) {
    set_failed(code, range, std::move(message));
    return std::move(error_);
  }

  std::string_view text_;
  std::span<const Tag> tags_;
  const FindTag& find_;
  const Limits& limits_;
  Tokenizer tokenizer_;
  Token token_;
  std::string buffer_;
  std::vector<Pending> pending_;
  Arithmetic out_;
  std::size_t depth_ = 0;  // of the evaluation stack
  bool failed_ = false;
  Error error_;
};

Result<Arithmetic> parse_arithmetic(std::string_view formula, std::span<const Tag> tags,
                                    const FindTag& find, const Limits& limits) {
  return ArithmeticParser(formula, tags, find, limits).parse();
}

}  // namespace muster
