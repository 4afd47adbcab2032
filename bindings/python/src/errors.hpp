#pragma once

#include <pybind11/pybind11.h>

#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "muster/core/error.hpp"

namespace muster::python {

/// What a failed call was reading: decides which Python exception its codes become.
enum class Reading : std::uint8_t { data, catalogue };

/// Raises what muster._errors makes of an error. Notes of the exception, which tracebacks show,
/// draw the first findings about `source`, where it is given. REQUIRES: the GIL.
[[noreturn]] void raise(const Error& error, Reading reading = Reading::data,
                        std::string_view source = {});

/// A result's value, or its error as a Python exception. REQUIRES: the GIL.
template <class T>
T value_of(Result<T> result, Reading reading = Reading::data, std::string_view source = {}) {
  if (!result) raise(result.error(), reading, source);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Findings as muster.Diagnostic objects.
pybind11::list to_python(std::span<const Diagnostic> diagnostics);

}  // namespace muster::python
