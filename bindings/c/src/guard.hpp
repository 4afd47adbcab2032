#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "muster.h"
#include "muster/core/error.hpp"

/// How C calls become C++ ones. Bodies of functions throw muster::Exception (by `value()`, or by
/// the checks below) or whatever else; `call` is the one place that it does not leave.
namespace muster::c {

/// Whether an error can be filled: null, or of a size that some version of the header has.
bool usable(const muster_error* error) noexcept;

/// REQUIRES of all: a usable error. Findings of a success are warnings.
muster_status report_success(muster_error* error, std::vector<Diagnostic> findings) noexcept;
/// The exception that is being handled.
muster_status report_exception(muster_error* error) noexcept;

/// Runs `body`, which returns nothing, or what is suspicious about its source text.
template <class Body>
muster_status call(muster_error* error, Body&& body) noexcept {
  if (!usable(error)) return MUSTER_INVALID_ARGUMENT;
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Body&>>) {
      body();
      return report_success(error, {});
    } else {
      return report_success(error, body());
    }
  } catch (...) {
    return report_exception(error);
  }
}

[[noreturn]] void refuse(Errc code, std::string message);
/// With invalid_argument: "`name` " and what is wrong.
[[noreturn]] void refuse_argument(const char* name, std::string_view what);

template <class T>
T& need(T* pointer, const char* name) {
  if (pointer == nullptr) refuse_argument(name, "is NULL");
  return *pointer;
}

/// A text that C gave: NULL is the empty one.
std::string_view text(const char* data, std::size_t length, const char* name);

/// An array that C gave, as a pointer that is never null where there are elements.
template <class T>
T* array(T* data, std::size_t size, const char* name) {
  return size == 0 ? data : &need(data, name);
}

inline void check_index(std::size_t index, std::size_t size, const char* name = "index") {
  if (index >= size) refuse_argument(name, "is past the end");
}

inline muster_text borrow(std::string_view its) noexcept { return {its.data(), its.size()}; }

}  // namespace muster::c
