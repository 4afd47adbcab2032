#pragma once

#include <string>
#include <string_view>

namespace muster {

/// Writes a JSON string with its quotes. UTF-8 stays as it is; REQUIRES: it is UTF-8.
void append_json_string(std::string& out, std::string_view text);

}  // namespace muster
