#pragma once

#include <optional>
#include <vector>

#include "core/json_document.hpp"
#include "muster/tags/schema.hpp"

namespace muster {

/// Reads a schema that stands at `node` of a larger document; nothing after adding what is
/// wrong, with byte ranges in the document. The document's own problems() are the caller's.
std::optional<Schema> read_schema(JsonNode node, const Limits& limits,
                                  std::vector<Diagnostic>& errors);

}  // namespace muster
