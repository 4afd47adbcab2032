#pragma once

#include <exception>
#include <memory>

#include "handles.hpp"
#include "muster/decide/contact_history.hpp"

struct muster_history : muster::c::Counted<std::shared_ptr<muster::ContactHistory>> {
  using Counted::Counted;
};

namespace muster::c {

/// ContactHistory can not fail, functions of the caller's can: while one of these lives, it
/// remembers what they say on its thread, on which decisions call them.
class HistoryFailure {
 public:
  HistoryFailure() noexcept;
  HistoryFailure(const HistoryFailure&) = delete;
  ~HistoryFailure();

  /// The first is remembered.
  static void note(std::exception_ptr failure) noexcept;
  /// Throws what was noted.
  void check() const;

 private:
  HistoryFailure* outer_;
  std::exception_ptr first_;
};

}  // namespace muster::c
