#pragma once

#include <optional>
#include <string_view>

#include "office.hpp"

namespace crm {

struct Options {
  OfficeFiles files;
  int port = 8080;                    ///< 0: any that is free
  std::optional<muster::Moment> now;  ///< when the program's clock begins; none: the system's
};

/// What is wrong with them is told on the standard error stream.
std::optional<Options> read_options(int argc, char** argv);

}  // namespace crm
