#pragma once

#include <string_view>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// The errors for an id that no policy or channel has, with "did you mean". O(catalogue).
Error unknown_policy(const Catalogue& catalogue, std::string_view id);
Error unknown_channel(const Catalogue& catalogue, std::string_view id);

}  // namespace muster
