#include "history.hpp"

#include "muster/decide/history_csv.hpp"
#include "structs.hpp"

namespace muster::c {
namespace {

Outcome to_outcome(int32_t outcome) {
  if (outcome < MUSTER_OUTCOME_NONE || outcome > MUSTER_OUTCOME_EXPIRED) {
    refuse_argument("outcome", "is none");
  }
  return static_cast<Outcome>(outcome);
}

ContactRule::Scope to_scope(int32_t scope) {
  if (scope < MUSTER_SCOPE_USER || scope > MUSTER_SCOPE_HOUSEHOLD) {
    refuse_argument("scope", "is none");
  }
  return static_cast<ContactRule::Scope>(scope);
}

Contact to_contact(const muster_contact& contact) {
  return {{contact.at},
          std::string(text(contact.policy.data, contact.policy.size, "policy")),
          std::string(text(contact.channel.data, contact.channel.size, "channel")),
          to_outcome(contact.outcome),
          to_scope(contact.scope)};
}

/// A history of the caller's own.
class OwnHistory final : public ContactHistory {
 public:
  explicit OwnHistory(const muster_history_functions& functions) : its_(functions) {}
  ~OwnHistory() override {
    if (its_.released != nullptr) its_.released(its_.context);
  }

  void contacts(std::string_view user, See see, void* context) const noexcept override {
    std::vector<Contact> seen;  // the engine wants all at once
    note(its_.contacts(its_.context, borrow(user), &add, &seen));
    see(context, seen);
  }

  void expect(std::string_view user) const noexcept override {
    if (its_.expect != nullptr) its_.expect(its_.context, borrow(user));
  }

  Taken taken(std::string_view policy) const noexcept override {
    Taken out;
    note(its_.taken(its_.context, borrow(policy), &out.acceptances, &out.cost));
    return out;
  }

 private:
  static void add(void* seen, const muster_contact* contacts, size_t count) noexcept {
    muster_error error = MUSTER_ERROR_INIT;
    const muster_status status = call(&error, [&] {
      array(contacts, count, "contacts");
      auto& all = *static_cast<std::vector<Contact>*>(seen);
      for (size_t i = 0; i < count; ++i) all.push_back(to_contact(contacts[i]));
    });
    if (status != MUSTER_OK) HistoryFailure::note(static_cast<Errc>(status), status);
  }

  static void note(int failed) noexcept {
    if (failed != 0) HistoryFailure::note(Errc::callback_failed, failed);
  }

  muster_history_functions its_;
};

thread_local HistoryFailure* innermost = nullptr;

}  // namespace

HistoryFailure::HistoryFailure() noexcept : outer_(std::exchange(innermost, this)) {}

HistoryFailure::~HistoryFailure() { innermost = outer_; }

void HistoryFailure::note(Errc code, int what) noexcept {
  if (innermost == nullptr || innermost->code_ != Errc{}) return;
  innermost->code_ = code;
  innermost->what_ = what;
}

void HistoryFailure::check() const {
  if (code_ == Errc{}) return;
  if (code_ == Errc::out_of_memory) throw std::bad_alloc();
  if (code_ != Errc::callback_failed) refuse(code_, "the history showed a contact that is none");
  refuse(code_, "the history failed with " + std::to_string(what_));
}

namespace {

MemoryHistory& memory(muster_history* history) {
  auto* its = dynamic_cast<MemoryHistory*>(need(history, "history").value.get());
  if (its == nullptr) refuse_argument("history", "is not one in memory");
  return *its;
}

}  // namespace
}  // namespace muster::c

using namespace muster;
using namespace muster::c;

muster_status muster_history_new(muster_history** out, muster_error* error) {
  return call(error, [&] {
    auto& history = need(out, "out");
    history = new muster_history(std::make_shared<MemoryHistory>());
  });
}

muster_status muster_history_implement(const muster_history_functions* functions,
                                       muster_history** out, muster_error* error) {
  return call(error, [&] {
    need(functions, "functions");
    auto& history = need(out, "out");
    muster_history_functions its = read_struct(functions, "functions");
    if (its.contacts == nullptr) refuse_argument("contacts", "is NULL");
    if (its.taken == nullptr) refuse_argument("taken", "is NULL");
    auto made = std::make_unique<muster_history>(nullptr);
    made->value = std::make_shared<OwnHistory>(its);
    history = made.release();
  });
}

void muster_history_retain(muster_history* history) { retain(history); }
void muster_history_release(muster_history* history) { release(history); }

muster_status muster_history_place(muster_history* history, const char* user, size_t user_length,
                                   const char* account, size_t account_length,
                                   const char* household, size_t household_length,
                                   muster_error* error) {
  return call(error, [&] {
    memory(history).place(text(user, user_length, "user"), text(account, account_length, "account"),
                          text(household, household_length, "household"));
  });
}

muster_status muster_history_add(muster_history* history, const char* user, size_t user_length,
                                 const muster_contact* contact, double cost, muster_error* error) {
  return call(error, [&] {
    memory(history).add(text(user, user_length, "user"), to_contact(need(contact, "contact")),
                        cost);
  });
}

muster_status muster_history_read_csv(muster_history* history, const char* csv, size_t length,
                                      muster_error* error) {
  return call(error, [&] { read_history_csv(text(csv, length, "csv"), memory(history)).value(); });
}
