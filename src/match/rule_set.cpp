#include "muster/match/rule_set.hpp"

#include "core/bits.hpp"
#include "match/one_rule.hpp"
#include "match/rule_set_body.hpp"

namespace muster {
namespace {

std::vector<float> as_floats(std::span<const Frequency> frequencies) {
  std::vector<float> out;
  out.reserve(frequencies.size());
  for (const Frequency frequency : frequencies)
    out.push_back(static_cast<float>(frequency) / certain);
  return out;
}

}  // namespace

Result<RuleSet> RuleSet::Body::make(Lowered lowered, const Kernel& kernel, const Limits& limits,
                                    const RunOptions& run) {
  const CompiledRules& compiled = lowered.compiled;
  const OneUserInput input{compiled.shared, compiled.rules, compiled.encoder.bits()};
  const std::vector<float> frequencies = as_floats(lowered.frequencies);
  Result<OneUserIndex> index =
      OneUserIndex::build(input, kernel, {frequencies, limits.max_rule_conjunctions, run});
  if (!index) return index.error();
  return RuleSet(std::make_shared<const Body>(Body{
      std::move(lowered.compiled), std::move(lowered.frequencies), &kernel, std::move(*index)}));
}

Scratch::Body::Body(const RuleSet::Body& rules)
    : one_user(rules.index), before(words_for(rules.compiled.rules.size())), after(before.size()) {}

Scratch::Scratch(const RuleSet& rules) : body_(std::make_unique<Body>(*rules.body_)) {}
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
Scratch::~Scratch() = default;

std::size_t RuleSet::size() const noexcept { return body_->compiled.rules.size(); }
const Schema& RuleSet::schema() const noexcept { return body_->compiled.encoder.schema(); }
const Encoder& RuleSet::encoder() const noexcept { return body_->compiled.encoder; }
std::string_view RuleSet::kernel() const noexcept { return body_->kernel->name; }

std::size_t RuleSet::match(std::span<const std::uint64_t> user, Scratch& scratch,
                           std::span<RuleId> out) const noexcept {
  return body_->index.match(body_->input(), user.data(), scratch.body_->one_user, out);
}

void RuleSet::match_bits(std::span<const std::uint64_t> user, Scratch& scratch,
                         std::span<std::uint64_t> out) const noexcept {
  body_->index.match_bits(body_->input(), user.data(), scratch.body_->one_user, out.data());
}

bool RuleSet::matches(std::span<const std::uint64_t> user, RuleId rule) const noexcept {
  return evaluate_rule(body_->compiled, user.data(), rule);
}

std::size_t RuleSet::memory_bytes() const noexcept {
  const CompiledRules& compiled = body_->compiled;
  return sizeof(Body) + compiled.encoder.memory_bytes() + compiled.shared.memory_bytes() +
         compiled.rules.memory_bytes() + body_->frequencies.capacity() * sizeof(Frequency) +
         body_->index.memory_bytes();
}

}  // namespace muster
