#pragma once

#include <string_view>

#include "html.hpp"
#include "refusal.hpp"
#include "visit.hpp"

namespace crm {

/// A whole page around `main`: navigation for staff, style and script with a nonce.
Html framed(const Visitor& visitor, const Html& main, std::string_view nonce);

Html refusal_text(const Refusal& refusal);

/// A form that posts to `action` under a fresh idempotency key.
Html form(std::string_view action, const Html& fields, std::string_view button);
Html hidden(std::string_view name, std::string_view value);
Html hidden(std::string_view name, std::uint64_t value);
Html text_field(std::string_view name, std::string_view label);
Html option(std::string_view value, std::string_view label);
Html choice(std::string_view name, std::string_view label, const Html& options);

}  // namespace crm
