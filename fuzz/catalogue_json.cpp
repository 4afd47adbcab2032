// Any text is a catalogue or is refused with findings that point into it; an accepted one
// compiles, and writes its schema so that it reads back the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "muster/policy/catalogue.hpp"
#include "require.hpp"

namespace {

void check_findings(std::span<const muster::Diagnostic> findings, std::string_view text) {
  for (const muster::Diagnostic& finding : findings) {
    require(finding.range.begin <= finding.range.end, "a range begins before it ends");
    require(finding.range.end <= text.size(), "a finding points into the text");
    require(!muster::render(finding, text, "file").empty(), "a finding can be shown");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto catalogue = muster::Catalogue::from_json(text);
  if (!catalogue) {
    require(!catalogue.error().message.empty(), "a refusal says why");
    check_findings(catalogue.error().diagnostics, text);
    return 0;
  }
  check_findings(catalogue->warnings(), text);
  const auto schema = muster::Schema::from_json(catalogue->schema().to_json());
  require(schema.has_value(), "a schema that was read can be written");
  require(schema->fingerprint() == catalogue->schema().fingerprint(), "and is then the same");
  for (const muster::Policy& policy : catalogue->policies()) {
    require(!policy.id.empty(), "each policy has an id");
    require(policy.valid.from < policy.valid.until, "a policy is valid at some time");
    for (const muster::PolicyChannel& channel : policy.channels) {
      require(channel.channel < catalogue->channels().size(), "a policy's channels are there");
    }
  }
  require(muster::Catalogue::from_json(text)->content_hash() == catalogue->content_hash(),
          "the same text has the same hash");
  const auto rules = catalogue->compile();
  require(rules.has_value(), "an accepted catalogue compiles");
  require(rules->size() == catalogue->policies().size(), "each policy is a rule");
  return 0;
}
