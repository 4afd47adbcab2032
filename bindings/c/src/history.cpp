#include "history.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

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
    Shown shown;  // the engine wants all at once
    const int failed = its_.contacts(its_.context, borrow(user), &add, &shown);
    note([&] {
      check(failed);
      if (shown.failure) std::rethrow_exception(shown.failure);
    });
    see(context, shown.contacts);
  }

  void expect(std::string_view user) const noexcept override {
    if (its_.expect != nullptr) its_.expect(its_.context, borrow(user));
  }

  Taken taken(std::string_view policy) const noexcept override {
    Taken out;
    const int failed = its_.taken(its_.context, borrow(policy), &out.acceptances, &out.cost);
    note([&] {
      check(failed);
      check_taken(policy, out.cost);
    });
    return out;
  }

 private:
  /// Whatever thread shows a contact that is none, the decision's learns of it.
  struct Shown {
    std::vector<Contact> contacts;
    std::exception_ptr failure;
  };

  static void add(void* context, const muster_contact* contacts, size_t count) noexcept {
    auto& shown = *static_cast<Shown*>(context);
    try {
      add(shown.contacts, contacts, count);
    } catch (...) {
      if (!shown.failure) shown.failure = std::current_exception();
    }
  }

  static void add(std::vector<Contact>& all, const muster_contact* contacts, size_t count) try {
    array(contacts, count, "contacts");
    for (size_t i = 0; i < count; ++i) all.push_back(to_contact(contacts[i]));
  } catch (const Exception& none) {
    refuse(none.error().code, "the history showed a contact that is none: " + none.error().message);
  }

  static void check(int failed) {
    if (failed == 0) return;
    refuse(Errc::callback_failed, fmt::format("the history failed with {}", failed));
  }

  /// Of any number of acceptances, so that no cost is too high.
  static void check_taken(std::string_view policy, double cost) {
    if (cost >= 0 && std::isfinite(cost)) return;
    refuse(Errc::invalid_argument,
           fmt::format("the history gave {} for what was taken of policy '{}', which is no cost",
                       cost, policy));
  }

  template <class Check>
  static void note(const Check& throws_failures) noexcept {
    try {
      throws_failures();
    } catch (...) {
      HistoryFailure::note(std::current_exception());
    }
  }

  muster_history_functions its_;
};

thread_local HistoryFailure* innermost = nullptr;

}  // namespace

HistoryFailure::HistoryFailure() noexcept : outer_(std::exchange(innermost, this)) {}

HistoryFailure::~HistoryFailure() { innermost = outer_; }

void HistoryFailure::note(std::exception_ptr failure) noexcept {
  if (innermost != nullptr && !innermost->first_) innermost->first_ = std::move(failure);
}

void HistoryFailure::check() const {
  if (first_) std::rethrow_exception(first_);
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
    memory(history)
        .add(text(user, user_length, "user"), to_contact(need(contact, "contact")), cost)
        .value();
  });
}

muster_status muster_history_read_csv(muster_history* history, const char* csv, size_t length,
                                      muster_error* error) {
  return call(error, [&] { read_history_csv(text(csv, length, "csv"), memory(history)).value(); });
}
