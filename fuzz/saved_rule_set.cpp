// Any bytes as a saved rule set: refused, or one that matches, and saves to bytes that load again.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "muster/match/rule_set.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  muster::Limits limits;
  limits.max_rules = 10'000;
  limits.max_bits = 10'000;
  const auto rules =
      muster::RuleSet::load(std::as_bytes(std::span(data, size)), {.kernel = "scalar"}, limits);
  if (!rules) {
    require(!rules.error().message.empty(), "a refusal says why");
    return 0;
  }
  muster::Scratch scratch(*rules);
  std::vector<std::uint64_t> user(rules->encoder().words());
  for (std::size_t i = 0; i < user.size(); ++i) user[i] = 0x9E3779B97F4A7C15u * (i + 1);
  if (const std::size_t spare = user.size() * 64 - rules->encoder().bits(); spare > 0) {
    user.back() = user.back() << spare >> spare;
  }
  std::vector<muster::RuleId> ids(rules->size());
  ids.resize(rules->match(user, scratch, ids));
  std::vector<bool> matched(rules->size());
  for (const muster::RuleId id : ids) matched[id] = true;
  for (muster::RuleId id = 0; id < rules->size(); ++id) {
    require(rules->matches(user, id) == matched[id], "both ways of asking agree");
  }
  const std::vector<std::byte> saved = rules->save();
  require(muster::RuleSet::load(saved, {.kernel = "scalar"}, limits).has_value(),
          "what was loaded can be saved and loaded again");
  return 0;
}
