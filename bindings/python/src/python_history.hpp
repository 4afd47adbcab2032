#pragma once

#include <pybind11/pybind11.h>

#include <exception>
#include <optional>
#include <thread>
#include <vector>

#include "muster/decide/contact_history.hpp"

namespace muster::python {

class HistoryWatch;

/// A history that a Python object keeps: `contacts(user)` gives muster.Contact objects,
/// `taken(policy)` a pair (acceptances, cost). The engine can not be told of what these raise: it
/// sees nothing instead, and the HistoryWatch of the call that decides raises it afterwards.
class PythonHistory final : public ContactHistory {
 public:
  explicit PythonHistory(pybind11::object object) : object_(std::move(object)) {}
  ~PythonHistory() override;

  void contacts(std::string_view user, See see, void* context) const noexcept override;
  Taken taken(std::string_view policy) const noexcept override;

 private:
  friend class HistoryWatch;
  void remember(const std::exception_ptr& failure) const noexcept;  // the exception in flight

  pybind11::object object_;
  mutable std::vector<HistoryWatch*> watches_;  // the GIL guards it
};

/// Keeps the first exception that a history raises for a call while it lives. REQUIRES: the GIL,
/// when it is made, asked and gone.
class HistoryWatch {
 public:
  enum class Threads : std::uint8_t { this_one, any };
  /// `history` may be null. Any: for work that has threads of its own.
  HistoryWatch(const PythonHistory* history, Threads threads);
  ~HistoryWatch();
  HistoryWatch(const HistoryWatch&) = delete;
  HistoryWatch& operator=(const HistoryWatch&) = delete;

  void rethrow() const;

 private:
  friend class PythonHistory;
  const PythonHistory* history_;
  std::optional<std::thread::id> thread_;
  std::exception_ptr failure_;
};

}  // namespace muster::python
