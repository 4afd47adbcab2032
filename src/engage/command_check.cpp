#include "engage/command_check.hpp"

#include <fmt/core.h>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"

namespace muster {

CommandCheck::CommandCheck(const Command& command) {
  check("an idempotency key", command.key, max_command_key_bytes, false, "max_command_key_bytes");
}

CommandCheck& CommandCheck::id(const char* what, std::string_view value, bool may_be_empty) {
  check(what, value, max_id_bytes, may_be_empty, "max_id_bytes");
  return *this;
}

CommandCheck& CommandCheck::text(std::string_view value) {
  check("a text", value, max_event_text_bytes, true, "max_event_text_bytes");
  return *this;
}

CommandCheck& CommandCheck::wanted(const char* what, std::string_view value) {
  check(what, value, value.size(), true, "");
  return *this;
}

CommandCheck& CommandCheck::run(std::size_t most) {
  if (result_ && most > max_run) {
    result_ =
        Error{Errc::limit, fmt::format("{} at once, more than max_run, {}", most, max_run), {}};
  }
  return *this;
}

void CommandCheck::number(const char* what, std::size_t value, std::size_t count) {
  if (!result_ || value < count) return;
  result_ = Error{Errc::invalid_argument,
                  fmt::format("{} must be 0 to {}, not {}", what, count - 1, value),
                  {}};
}

void CommandCheck::check(const char* what, std::string_view value, std::size_t most,
                         bool may_be_empty, const char* limit) {
  if (!result_) return;
  if (value.empty() && !may_be_empty) {
    result_ = Error{Errc::invalid_argument, fmt::format("{} must not be empty", what), {}};
  } else if (value.size() > most) {
    result_ =
        Error{Errc::limit,
              fmt::format("{} of {} bytes is longer than {}, {}", what, value.size(), limit, most),
              {}};
  } else if (!is_utf8(value) || value.find('\0') != value.npos) {
    result_ = Error{Errc::invalid_argument,
                    fmt::format("{} must be UTF-8 without NUL, not {}", what, in_quotes(value)),
                    {}};
  }
}

}  // namespace muster
