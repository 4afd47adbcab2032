#pragma once

#include <pybind11/pybind11.h>

#include <vector>

#include "muster/decide/contact_history.hpp"

namespace muster::python {

/// What a muster.Contact, or an object with what one has, says. Raises TypeError and ValueError,
/// naming what is wrong.
Contact contact_of(pybind11::handle contact);

/// Those that a history's contacts(user) gave. REQUIRES: the GIL.
std::vector<Contact> contacts_of(const pybind11::object& given);

}  // namespace muster::python
