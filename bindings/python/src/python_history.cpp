#include "python_history.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "contacts.hpp"
#include "gil.hpp"

namespace py = pybind11;

namespace muster::python {

PythonHistory::~PythonHistory() {
  const WithGil gil;
  object_ = py::object();
}

void PythonHistory::contacts(std::string_view user, See see, void* context) const noexcept {
  const WithGil gil;
  std::vector<Contact> shown;
  try {
    shown = contacts_of(call(object_.attr("contacts"), py::make_tuple(user)));
  } catch (...) {
    remember(std::current_exception());
  }
  see(context, shown);
}

Taken PythonHistory::taken(std::string_view policy) const noexcept {
  const WithGil gil;
  try {
    const auto [acceptances, cost] = call(object_.attr("taken"), py::make_tuple(policy))
                                         .cast<std::pair<std::uint64_t, double>>();
    return {acceptances, cost};
  } catch (const py::cast_error&) {
    remember(std::make_exception_ptr(py::type_error("taken(policy) gives (acceptances, cost)")));
    return {};
  } catch (...) {
    remember(std::current_exception());
    return {};
  }
}

/// Of the call that this thread makes; where it makes none, it works for those of any thread.
void PythonHistory::remember(const std::exception_ptr& failure) const noexcept {
  const auto note = [&](HistoryWatch& watch) {
    if (!watch.failure_) watch.failure_ = failure;
  };
  const auto mine = std::find_if(watches_.rbegin(), watches_.rend(), [](const auto* watch) {
    return watch->thread_ == std::this_thread::get_id();
  });
  if (mine != watches_.rend()) return note(**mine);
  for (HistoryWatch* watch : watches_) {
    if (!watch->thread_) note(*watch);
  }
}

HistoryWatch::HistoryWatch(const PythonHistory* history, Threads threads) : history_(history) {
  if (threads == Threads::this_one) thread_ = std::this_thread::get_id();
  if (history_ != nullptr) history_->watches_.push_back(this);
}

HistoryWatch::~HistoryWatch() {
  if (history_ != nullptr) std::erase(history_->watches_, this);
}

void HistoryWatch::rethrow() const {
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace muster::python
