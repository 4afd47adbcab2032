#pragma once

#include "policy/catalogue_context.hpp"

namespace muster {

// Readers of a catalogue's parts: each takes the value of one key, adds what it says to the
// context's text and what is wrong to its findings. Those that follow refer to those before.

void read_segments(JsonNode node, CatalogueContext& context);
void read_channels(JsonNode node, CatalogueContext& context);
void read_class_table(JsonNode node, CatalogueContext& context);
void read_policies(JsonNode node, CatalogueContext& context);
void read_contact_rules(JsonNode node, CatalogueContext& context);
void read_arbitration(JsonNode node, CatalogueContext& context);
void read_propensities(JsonNode node, CatalogueContext& context);
void read_holdout(JsonNode node, CatalogueContext& context);
void read_monitors(JsonNode node, CatalogueContext& context);
void read_test_users(JsonNode node, CatalogueContext& context);

/// Checks the segments and every rule that the readers kept. REQUIRES: there is a schema.
void check_rules(CatalogueContext& context);

/// "hours" of a channel or contact rule.
std::vector<Hours> read_hours(JsonNode node, CatalogueContext& context);
/// "valid" of a policy.
Validity read_validity(JsonNode node, CatalogueContext& context);
/// "within" of a contact rule.
ContactSpan read_span(JsonNode node, CatalogueContext& context);

}  // namespace muster
