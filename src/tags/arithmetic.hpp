#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/tags/schema.hpp"

namespace muster {

/// A derived tag's formula: `+ - * /`, unary minus, parentheses and numbers over number tags, in
/// IEEE double arithmetic. NaN stands for NULL, on both sides; whatever is not finite, division
/// by zero included, is NULL at once, so NULL never turns back into a number.
class Arithmetic {
 public:
  static constexpr double null = std::numeric_limits<double>::quiet_NaN();

  /// The tags it reads, in order of first mention, each once; derived ones may be among them.
  std::span<const TagId> inputs() const noexcept { return inputs_; }
  /// Has an operator that takes two operands, whose result may be too large, or undefined.
  bool may_be_null() const noexcept { return may_be_null_; }

  /// Its tag's position in Schema::derived_order().
  std::size_t rank() const noexcept { return rank_; }
  void set_rank(std::size_t rank) noexcept { rank_ = rank; }

  /// The value for one user. `values[i]` is the value of inputs()[i].
  double evaluate(std::span<const double> values) const;

  /// The values for many users: `columns[i][u]` is user u's value of inputs()[i]. Works through
  /// blocks that fit the first-level cache.
  void evaluate(std::span<const double* const> columns, std::size_t users, double* out) const;

 private:
  friend class ArithmeticParser;
  enum class Op : std::uint8_t { constant, input, add, subtract, multiply, divide, negate };
  struct Step {
    Op op;
    std::uint32_t input = 0;
    double constant = 0;
  };
  template <std::size_t Lanes>
  void run(const double* const* columns, std::size_t first, std::size_t count, double* stack,
           double* out) const;

  std::vector<TagId> inputs_;
  std::vector<Step> steps_;  // postfix
  std::size_t stack_size_ = 0;
  std::size_t rank_ = 0;
  bool may_be_null_ = false;
};

/// How a formula's names are looked up: the tag of that name, or nothing.
using FindTag = std::function<std::optional<TagId>(std::string_view)>;

/// Reads a formula. Names are looked up among `tags` by `find`. Errors carry byte ranges in
/// `formula`. Limits: max_rule_bytes, max_rule_depth.
Result<Arithmetic> parse_arithmetic(std::string_view formula, std::span<const Tag> tags,
                                    const FindTag& find, const Limits& limits);

}  // namespace muster
