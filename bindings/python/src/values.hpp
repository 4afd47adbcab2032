#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/tags/user.hpp"

namespace muster::python {

/// Sets a tag to a Python value: None, NaN, NaT and NA are NULL; NumPy's scalars count as what
/// they stand for. Fails as User::set does.
Result<void> set(User& user, std::string_view tag, pybind11::handle value);

/// None, NaN, NaT and NA.
bool is_nothing(pybind11::handle value);

/// UTF-8 of a Python string, borrowed from it. Raises UnicodeEncodeError for lone surrogates.
std::string_view text_of(pybind11::handle string);

/// A vector's memory as an array of that shape, not copied.
template <class T>
pybind11::array_t<T> to_numpy(std::vector<T> values, std::vector<pybind11::ssize_t> shape) {
  auto* owned = new std::vector<T>(std::move(values));
  const pybind11::capsule owner(owned,
                                [](void* held) { delete static_cast<std::vector<T>*>(held); });
  return pybind11::array_t<T>(std::move(shape), owned->data(), owner);
}

template <class T>
pybind11::array_t<T> to_numpy(std::vector<T> values) {
  const auto size = static_cast<pybind11::ssize_t>(values.size());
  return to_numpy(std::move(values), {size});
}

}  // namespace muster::python
