#include "muster/engage/ledger_history.hpp"

#include <atomic>
#include <mutex>

#include "engage/membership.hpp"

namespace muster {
namespace {

constexpr std::size_t events_of_a_page = 10'000;

bool is_contact(const Event& event) noexcept {
  return event.kind == EventKind::contact || event.kind == EventKind::answer;
}

}  // namespace

struct LedgerHistory::Body {
  void take(const Event& event) {
    if (is_contact(event)) {
      Contact contact{event.at, event.policy, event.channel, event.outcome};
      contact.answer = event.kind == EventKind::answer;
      (void)history.add(event.user, contact, event.cost);  // a ledger shows no cost that is none
    } else if (event.kind == EventKind::placement) {
      const Membership its = read_membership(event.text);
      history.place(event.user, its.account, its.household);
    }
    sequence = event.sequence;
  }

  MemoryHistory history;
  std::mutex updating;
  std::atomic<std::uint64_t> sequence{0};
};

LedgerHistory::LedgerHistory() : body_(std::make_unique<Body>()) {}
LedgerHistory::~LedgerHistory() = default;

Result<void> LedgerHistory::update(Ledger& ledger) {
  const std::lock_guard lock(body_->updating);
  while (true) {
    const auto events = ledger.events(body_->sequence, events_of_a_page);
    if (!events) return events.error();
    for (const Event& event : *events) body_->take(event);
    if (events->size() < events_of_a_page) return {};
  }
}

std::uint64_t LedgerHistory::sequence() const noexcept { return body_->sequence; }

void LedgerHistory::contacts(std::string_view user, See see, void* context) const {
  body_->history.contacts(user, see, context);
}

bool LedgerHistory::numbered_contacts(std::string_view user, SeeNumbered see,
                                      void* context) const noexcept {
  return body_->history.numbered_contacts(user, see, context);
}

void LedgerHistory::expect(std::string_view user) const noexcept { body_->history.expect(user); }

void LedgerHistory::expect_soon(std::string_view user) const noexcept {
  body_->history.expect_soon(user);
}

Taken LedgerHistory::taken(std::string_view policy) const noexcept {
  return body_->history.taken(policy);
}

}  // namespace muster
