#include "core/diagnostics.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/utf8.hpp"

namespace muster {
namespace {

constexpr std::size_t max_quoted_characters = 60;

bool is_error(const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; }

void append_in_hex(std::string_view bytes, std::string& out) {
  for (const char c : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
}

}  // namespace

std::string full_message(const Diagnostic& diagnostic) {
  if (diagnostic.suggestion.empty()) return diagnostic.message;
  return fmt::format("{}; did you mean '{}'?", diagnostic.message, diagnostic.suggestion);
}

Error to_error(std::vector<Diagnostic> diagnostics) {
  const auto first = std::find_if(diagnostics.begin(), diagnostics.end(), is_error);
  const auto errors = std::count_if(diagnostics.begin(), diagnostics.end(), is_error);
  Error error{first->code, full_message(*first), {}};
  if (errors > 1) {
    error.message += fmt::format(" (and {} more error{})", errors - 1, errors == 2 ? "" : "s");
  }
  error.diagnostics = std::move(diagnostics);
  return error;
}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == max_quoted_characters) {
      out += "…";
      break;
    }
    const CodePoint character = decode_utf8(text, at);
    const std::size_t size = std::max<std::size_t>(character.size, 1);
    if (character.size == 0 || is_control(character.value)) {
      append_in_hex(text.substr(at, size), out);
    } else {
      out += text.substr(at, size);
    }
    at += size;
  }
  return out += '\'';
}

std::string as_utf8(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t good = find_invalid_utf8(text);
    out += text.substr(0, good);
    if (good == text.size()) return out;
    append_in_hex(text.substr(good, 1), out);
    text.remove_prefix(good + 1);
  }
}

}  // namespace muster
