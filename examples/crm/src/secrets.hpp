#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "muster/engage/link_token.hpp"

namespace crm {

/// From the operating system's generator.
void fill_random(std::span<unsigned char> bytes);
/// 32 hexadecimal digits that nobody can guess: tokens, and keys of commands.
std::string random_text();
muster::LinkNonce random_nonce();

/// How long it takes says nothing about where the texts differ.
bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace crm
