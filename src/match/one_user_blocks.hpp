#pragma once

// Tests of one block, for kernels to include by way of one_user_match.hpp. Internal linkage: each
// kernel compiles its own copy.

#include <cstdint>
#include <cstring>

#include "match/one_user_layout.hpp"

namespace muster {
namespace {

inline std::uint64_t first_bits(std::size_t count) { return ~std::uint64_t{0} >> (64 - count); }

inline std::uint16_t rule_at(const std::uint8_t* rules, int lane) {
  std::uint16_t rule;
  std::memcpy(&rule, rules + 2 * lane, 2);
  return rule;
}

// Which entries of a block hold, and where their rules begin.
struct OneUserHits {
  std::uint64_t mask;
  const std::uint8_t* rules;
};

// Which of 128 neighbouring rules hold.
struct OneUserWords {
  std::uint64_t first;
  std::uint64_t second;
};

// What tests read; copied into registers by the loops that use it.
template <class Ops>
class OneUserTester {
  using Lanes = typename Ops::Lanes;

 public:
  explicit OneUserTester(const OneUserCall& call)
      : table_(Ops::load_table(call)), data_(call.view->data), call_(&call) {}

  OneUserHits test(const OneUserBlock& block, std::uint32_t first_rule) const {
    switch (block.shape) {
      case one_user_plain3:
        return test_plain<1, 3>(block);
      case one_user_plain5:
        return test_plain<4, 5>(block);
      case one_user_plain7:
        return test_plain<6, 7>(block);
      case one_user_plain:
        return test_plain<8, 8>(block);
      case one_user_grouped:
        return test_grouped(block);
      case one_user_unsure_plain:
        return test_unsure_plain(block, first_rule);
      default:
        return test_general(block, first_rule);
    }
  }

  // At least Least rows; up to Most of them without a branch, past the last row that one again.
  template <unsigned Least, unsigned Most>
  OneUserHits test_plain(const OneUserBlock& block) const {
    const std::size_t n = block.entries;
    const std::uint8_t* const rows = data_ + block.offset;
    const std::size_t last = (block.literals - std::size_t{1}) * 2 * n;
    Lanes alive = row(rows, n);
    for (unsigned r = 1; r < Most; ++r) {
      const std::size_t at = r * 2 * n;
      alive = Ops::both(alive, row(rows + (r < Least || at < last ? at : last), n));
    }
    if (Most == 8) alive = test_rest(alive, rows, n, Most, block.literals);
    return {Ops::mask(alive) & first_bits(n), rows + last + 2 * n};
  }

  OneUserHits test_unsure_plain(const OneUserBlock& block, std::uint32_t first_rule) const {
    const std::size_t n = block.entries;
    const std::uint8_t* const rows = data_ + block.offset;
    const std::size_t last = (block.literals - std::size_t{1}) * 2 * n;
    Lanes alive = row(rows, n);
    for (unsigned r = 1; r < one_user_unsure_rows; ++r) {
      const std::size_t at = r * 2 * n;
      alive = Ops::both(alive, row(rows + (at < last ? at : last), n));
    }
    alive = test_rest(alive, rows, n, one_user_unsure_rows, block.literals);
    const std::uint8_t* const rules = rows + last + 2 * n;
    return {confirm(Ops::mask(alive) & first_bits(n), rules, n, first_rule), rules};
  }

  OneUserHits test_grouped(const OneUserBlock& block) const {
    const std::size_t n = block.entries;
    const std::uint8_t* rows = data_ + block.offset;
    const std::size_t last = (block.groups - std::size_t{1}) * 2 * n;
    Lanes alive = row(rows, n);
    for (unsigned r = 1; r < one_user_group_rows; ++r) {
      const std::size_t at = r * 2 * n;
      alive = Ops::either(alive, row(rows + (r < 2 || at < last ? at : last), n));
    }
    rows += last + 2 * n;
    for (unsigned r = 0; r < one_user_grouped_rows; ++r) {
      const Lanes absent = Ops::all(r >= block.literals);
      alive = Ops::both(alive, Ops::either(absent, row(rows + r * 2 * n, n)));
    }
    alive = test_rest(alive, rows, n, one_user_grouped_rows, block.literals);
    return {Ops::mask(alive) & first_bits(n), rows + std::size_t{block.literals} * 2 * n};
  }

  OneUserHits test_general(const OneUserBlock& block, std::uint32_t first_rule) const {
    const std::size_t n = block.entries;
    const std::uint8_t* const sizes = data_ + block.offset;
    const std::uint8_t* rows = sizes + block.groups;
    Lanes alive = Ops::all(true);
    for (unsigned g = 0; g < block.groups; ++g) {
      Lanes any = Ops::all(false);
      for (unsigned k = 0; k < sizes[g]; ++k, rows += 2 * n) any = Ops::either(any, row(rows, n));
      alive = Ops::both(alive, any);
    }
    alive = test_rest(alive, rows, n, 0, block.literals);
    rows += std::size_t{block.literals} * 2 * n;
    const std::uint64_t mask = Ops::mask(alive) & first_bits(n);
    return {block.shape == one_user_unsure ? confirm(mask, rows, n, first_rule) : mask, rows};
  }

  OneUserWords test_window(const OneUserWindow& window) const {
    const std::uint8_t* const order = data_ + window.offset;
    const std::uint8_t* rows = order + one_user_window_rules;
    const Lanes first = test_half(rows, window.groups[0], window.literals[0]);
    const Lanes second = test_half(rows, window.groups[1], window.literals[1]);
    return {Ops::mask(Ops::pick(order, first, second)),
            Ops::mask(Ops::pick(order + one_user_window_rules / 2, first, second))};
  }

 private:
  Lanes test_half(const std::uint8_t*& rows, unsigned groups, unsigned literals) const {
    constexpr std::size_t n = 64;
    Lanes alive = row(rows, n);
    for (unsigned r = 1; r < groups; ++r) alive = Ops::either(alive, row(rows += 2 * n, n));
    for (unsigned r = groups == 0 ? 1 : 0; r < literals; ++r) {
      alive = Ops::both(alive, row(rows += 2 * n, n));
    }
    rows += 2 * n;
    return alive;
  }

  Lanes row(const std::uint8_t* at, std::size_t n) const { return Ops::row(table_, at, n); }

  // Rows from `r` on.
  Lanes test_rest(Lanes alive, const std::uint8_t* rows, std::size_t n, unsigned r,
                  unsigned end) const {
    for (; r < end; ++r) alive = Ops::both(alive, row(rows + r * 2 * n, n));
    return alive;
  }

  // Keeps the entries whose further conditions hold.
  std::uint64_t confirm(std::uint64_t mask, const std::uint8_t* rules, std::size_t n,
                        std::uint32_t first_rule) const {
    std::uint64_t kept = 0;
    for (; mask != 0; mask &= mask - 1) {
      const int lane = __builtin_ctzll(mask);
      std::uint32_t condition;
      std::memcpy(&condition, rules + 2 * n + 4 * static_cast<std::size_t>(lane), 4);
      const std::uint32_t rule = first_rule + rule_at(rules, lane);
      if (holds(rule, call_->view->conditions + condition)) kept |= std::uint64_t{1} << lane;
    }
    return kept;
  }

  bool holds(std::uint32_t rule, const std::uint32_t* condition) const {
    const std::uint64_t* const bits = call_->bits;
    if (*condition == one_user_ask_program) return call_->program(call_->context, rule, bits);
    for (std::uint32_t left = *condition++; left > 0; --left) {
      std::uint32_t group = 1;
      if (*condition >= one_user_group_mark) group = *condition++ - one_user_group_mark;
      bool any = false;
      for (; group > 0; --group) any |= is_true(bits, *condition++);
      if (!any) return false;
    }
    return true;
  }

  static bool is_true(const std::uint64_t* bits, std::uint32_t literal) {
    return ((bits[literal >> 7] >> (literal >> 1 & 63) ^ literal) & 1) != 0;
  }

  typename Ops::Table table_;
  const std::uint8_t* data_;
  const OneUserCall* call_;
};

}  // namespace
}  // namespace muster
