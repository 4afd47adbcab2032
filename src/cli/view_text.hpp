#pragma once

#include <string>

#include "muster/decide/policy_view.hpp"

namespace muster::cli {

/// A policy view for people; with a channel's id, as that channel shows it: what it says, and where
/// to send the user for policies that it may not carry. False after saying that there is no such
/// channel.
bool append_view(std::string& out, const PolicyView& view, const std::string& channel,
                 Language language);

}  // namespace muster::cli
