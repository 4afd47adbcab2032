#include "match/one_rule.hpp"

#include <algorithm>
#include <array>

#include "core/bits.hpp"

namespace muster {
namespace {

// Shared bits that one rule needs, worked out on the stack.
class SharedBits {
 public:
  SharedBits(const CompiledRules& compiled, const std::uint64_t* user) noexcept
      : compiled_(compiled), user_(user), user_bits_(compiled.encoder.bits()) {}

  bool evaluate(std::size_t rule) noexcept {
    const auto reader = [this](std::uint32_t bit) noexcept { return read(bit); };
    need(compiled_.rules, rule);
    for (std::size_t i = size_; i-- > 0;) {
      if (test_bit(needed_.data(), i)) need(compiled_.shared, i);
    }
    for (std::size_t i = 0; i < size_; ++i) {
      if (test_bit(needed_.data(), i) && compiled_.shared.evaluate_with(i, reader))
        assign_bit(values_.data(), i, true);
    }
    return compiled_.rules.evaluate_with(rule, reader);
  }

 private:
  using Words = std::array<std::uint64_t, CompiledRules::max_shared / 64>;

  void need(const ProgramList& programs, std::size_t index) noexcept {
    programs.for_each_literal(index, [this](Literal literal) {
      if (bit_of(literal) < user_bits_) return;
      const std::size_t i = bit_of(literal) - user_bits_;
      grow(i + 1);
      assign_bit(needed_.data(), i, true);
    });
  }

  // Words are cleared when first reached: most sets share little.
  void grow(std::size_t size) noexcept {
    for (std::size_t word = words_for(size_); word < words_for(size); ++word) {
      needed_[word] = values_[word] = 0;
    }
    size_ = std::max(size_, size);
  }

  bool read(std::uint32_t bit) const noexcept {
    if (bit < user_bits_) return test_bit(user_, bit);
    return test_bit(values_.data(), bit - user_bits_);
  }

  const CompiledRules& compiled_;
  const std::uint64_t* user_;
  std::size_t user_bits_;
  std::size_t size_ = 0;  // the highest shared bit needed, and one
  Words needed_;
  Words values_;
};

}  // namespace

bool evaluate_rule(const CompiledRules& compiled, const std::uint64_t* user,
                   std::size_t rule) noexcept {
  if (compiled.shared.size() == 0) return compiled.rules.evaluate(rule, user);
  return SharedBits(compiled, user).evaluate(rule);
}

}  // namespace muster
