#pragma once

#include <string>
#include <vector>

#include "muster/core/error.hpp"

namespace muster {

/// The findings as one Error: code and message are the first error's, followed by how many more
/// there are. REQUIRES: at least one finding of severity error.
Error to_error(std::vector<Diagnostic> diagnostics);

/// "unknown tag 'plan_fe'; did you mean 'plan_fee'?"
std::string full_message(const Diagnostic& diagnostic);

/// A text between single quotes for a message: shortened past 60 characters, control characters
/// and bytes that are not UTF-8 written as \xNN.
std::string in_quotes(std::string_view text);

/// What others say, in a message: bytes that are not UTF-8 written as \xNN.
std::string as_utf8(std::string_view text);

}  // namespace muster
