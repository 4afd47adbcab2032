#include "muster/policy/lifecycle.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/diagnostics.hpp"
#include "core/word_list.hpp"

namespace muster {
namespace {

constexpr std::array<std::string_view, policy_states> state_names{
    "draft", "test", "waiting", "released", "suspended", "retired"};

std::vector<std::string_view> states_after(PolicyState from) {
  std::vector<std::string_view> states;
  for (std::size_t i = 0; i < policy_states; ++i) {
    if (may_follow(from, static_cast<PolicyState>(i))) states.push_back(state_names[i]);
  }
  return states;
}

}  // namespace

std::string_view name(PolicyState state) noexcept {
  return state_names[static_cast<std::size_t>(state)];
}

std::optional<PolicyState> find_policy_state(std::string_view name) noexcept {
  const auto found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) return std::nullopt;
  return static_cast<PolicyState>(found - state_names.begin());
}

bool may_follow(PolicyState from, PolicyState to) noexcept {
  using enum PolicyState;
  if (to == retired) return from != retired;
  switch (from) {
    case draft:
      return to == test;
    case test:
      return to == waiting || to == draft;
    case waiting:
      return to == released || to == draft;
    case released:
      return to == suspended;
    case suspended:
      return to == released;
    case retired:
      break;
  }
  return false;
}

Result<void> check_transition(std::string_view policy, PolicyState from, PolicyState to) {
  if (may_follow(from, to)) return {};
  const auto states = states_after(from);
  return Error{Errc::illegal_transition,
               fmt::format("policy {} can not go from {} to {}; from {} it can go {}",
                           in_quotes(policy), name(from), name(to), name(from),
                           states.empty() ? "nowhere" : "to " + one_of(states)),
               {}};
}

}  // namespace muster
