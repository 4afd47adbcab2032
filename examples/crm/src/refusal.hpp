#pragma once

#include <string>

#include "muster/core/error.hpp"

namespace crm {

/// What people are told when something can not be done.
struct Refusal {
  int status = 500;  ///< of HTTP
  std::string title;
  std::string text;
};

Refusal refusal_of(const muster::Error& error);

}  // namespace crm
