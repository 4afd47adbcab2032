// What a decision reads of the user's past contacts.

#include <new>

#include "decide/decision.hpp"
#include "decide/id_numbers.hpp"

namespace muster {

template <class Contacts, class LookUp>
void Decider::know(const Contacts& contacts, const LookUp& look_up_one) {
  std::size_t end = known_.size();  // of calls before
  const std::size_t room = end + contacts.size() + 1;
  if (known_room_.size() < room) known_room_.resize(room);
  for (const auto& one : contacts) {  // each is written, those that may count stay
    const HashedContact found = look_up_one(one);
    history_hash_ += found.hash;  // a sum: their order does not matter
    known_room_[end] = found.contact;
    end += contacts_.may_count(found.contact);
  }
  known_ = std::span(known_room_).first(end);
}

void Decider::see(std::span<const NumberedContact> contacts, std::span<const std::string_view> ids,
                  WhatWasRead* read) {
  know(contacts, [&](const auto& one) { return numbers_.look_up(one, ids, catalogue_); });
  if (read == nullptr) return;
  for (const NumberedContact& one : contacts) read->contacts.push_back(named(one, ids));
}

void Decider::see(std::span<const Contact> contacts, WhatWasRead* read) {
  know(contacts, [&](const auto& one) { return look_up(one, catalogue_); });
  if (read == nullptr) return;
  read->contacts.insert(read->contacts.end(), contacts.begin(), contacts.end());
}

void Decider::read_contacts(const DecisionInput& input, WhatWasRead* read) {
  known_ = {};
  if (input.history != nullptr) ask(*input.history, input.user.key, read);
  contacts_.count(catalogue_, known_);
}

/// What a history calls back. No exception may cross it, so that one is kept for later.
struct Decider::Seeing {
  Decider& decider;
  WhatWasRead* read = nullptr;
  bool failed = false;

  template <class... Shown>
  static void see(void* context, Shown... shown) noexcept {
    auto& its = *static_cast<Seeing*>(context);
    try {
      its.decider.see(shown..., its.read);
    } catch (...) {  // memory ran out
      its.failed = true;
    }
  }
};

void Decider::ask(const ContactHistory& history, std::string_view user, WhatWasRead* read) {
  if (numbers_of_ != nullptr && numbers_of_ != &history) numbers_ = {};
  numbers_of_ = &history;
  Seeing seeing{*this, read};
  const ContactHistory::SeeNumbered see_numbered = &Seeing::see;
  const ContactHistory::See see = &Seeing::see;
  if (!history.numbered_contacts(user, see_numbered, &seeing)) history.contacts(user, see, &seeing);
  if (seeing.failed) throw std::bad_alloc();
}

}  // namespace muster
