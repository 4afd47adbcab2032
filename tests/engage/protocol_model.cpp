#include "protocol_model.hpp"

namespace muster::testing {

using State = TaskState;

std::vector<ProtocolModel::Action> ProtocolModel::all_actions() {
  std::vector<Action> out{{Action::Kind::dispatch, call, {}}, {Action::Kind::dispatch, sms, {}}};
  for (std::size_t task = 0; task < tasks; ++task) {
    for (const Outcome outcome :
         {Outcome::none, Outcome::declined, Outcome::deferred, Outcome::unreachable}) {
      out.push_back({Action::Kind::contact, task, outcome});
    }
    out.push_back({Action::Kind::settle, task, {}});
    out.push_back({Action::Kind::withdraw, task, {}});
  }
  return out;
}

ProtocolModel::Answer ProtocolModel::act(const Action& action) {
  switch (action.kind) {
    case Action::Kind::dispatch:
      dispatch(action.at);
      return Answer::done;
    case Action::Kind::contact:
      return contact(action.at, action.outcome);
    case Action::Kind::settle:
      return settle(action.at);
    case Action::Kind::withdraw:
      if (!is_open(state[action.at])) return Answer::illegal_move;
      enter(action.at, State::cancelled, false);
      return Answer::done;
  }
  return Answer::done;
}

void ProtocolModel::dispatch(std::size_t channel) {
  if (channel == call && calls >= capacity) return;
  for (std::size_t user = 0; user < users; ++user) {
    const std::size_t task = user * channels + channel;
    if (state[task] != State::planned) continue;
    if (accepted + reserved() >= quota || approached[user] + waiting(user) >= cap) continue;
    state[task] = State::dispatched;
    holds[task] = true;
    calls += channel == call;
    return;
  }
}

ProtocolModel::Answer ProtocolModel::contact(std::size_t task, Outcome outcome) {
  const bool active = task % channels != shop;
  const State from = state[task];
  if (!is_open(from)) {
    return settled(task / channels) ? Answer::already_settled : Answer::illegal_move;
  }
  if (active && from == State::planned) return Answer::illegal_move;
  State to = State::contacted;
  if (outcome == Outcome::declined) to = State::declined;
  if (outcome == Outcome::unreachable) to = State::unreachable;
  if (outcome == Outcome::deferred && active) to = State::planned;
  enter(task, to, !active || from == State::dispatched);
  return Answer::done;
}

ProtocolModel::Answer ProtocolModel::settle(std::size_t task) {
  const std::size_t user = task / channels;
  if (settled(user)) return Answer::already_settled;
  if (!is_open(state[task])) return Answer::illegal_move;
  const ProtocolModel before = *this;
  enter(task, State::accepted, task % channels == shop || state[task] == State::dispatched);
  for (std::size_t other = user * channels; other < (user + 1) * channels; ++other) {
    if (is_open(state[other])) enter(other, State::cancelled, false);
  }
  if (accepted + reserved() >= quota) {
    *this = before;
    return Answer::used_up;
  }
  ++accepted;
  return Answer::done;
}

void ProtocolModel::enter(std::size_t task, State to, bool met) {
  const std::size_t channel = task % channels;
  if (met && channel != shop) ++approached[task / channels];
  if (channel == call && state[task] == State::dispatched && !met) --calls;
  if (!is_open(to) || to == State::planned) holds[task] = false;
  state[task] = to;
}

bool ProtocolModel::settled(std::size_t user) const {
  for (std::size_t task = user * channels; task < (user + 1) * channels; ++task) {
    if (state[task] == State::accepted) return true;
  }
  return false;
}

int ProtocolModel::reserved() const {
  int out = 0;
  for (const bool one : holds) out += one;
  return out;
}

int ProtocolModel::waiting(std::size_t user) const {
  int out = 0;
  for (std::size_t task = user * channels; task < (user + 1) * channels; ++task) {
    out += state[task] == State::dispatched;
  }
  return out;
}

const char* ProtocolModel::broken() const {
  if (accepted + reserved() > quota) return "the quota is exceeded";
  if (calls > capacity || calls < 0) return "the capacity is exceeded";
  for (std::size_t user = 0; user < users; ++user) {
    int yes = 0, open = 0;
    for (std::size_t task = user * channels; task < (user + 1) * channels; ++task) {
      yes += state[task] == State::accepted;
      open += is_open(state[task]);
    }
    if (yes > 1) return "settled twice";
    if (yes == 1 && open > 0) return "a task is open though another settled it";
    if (approached[user] + waiting(user) > cap) return "the cap is exceeded";
  }
  for (std::size_t task = 0; task < tasks; ++task) {
    const bool may_hold = is_open(state[task]) && state[task] != State::planned;
    if (holds[task] && !may_hold) return "a closed task holds a reservation";
    if (state[task] == State::dispatched && !holds[task]) return "dispatched without reservation";
  }
  return nullptr;
}

}  // namespace muster::testing
