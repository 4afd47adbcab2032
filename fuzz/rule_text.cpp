// Any text is parsed or refused with findings that point into it; what is parsed prints as text
// that parses to the same tree.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "muster/rules/expr.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const muster::Result<muster::Expr> rule = muster::parse(text);
  if (!rule) {
    require(!rule.error().diagnostics.empty(), "a refused rule has findings");
    for (const muster::Diagnostic& finding : rule.error().diagnostics) {
      require(finding.range.begin <= finding.range.end, "a range begins before it ends");
      require(finding.range.end <= size, "a finding points into the text");
      require(!muster::render(finding, text, "rule").empty(), "a finding can be shown");
    }
    return 0;
  }
  const muster::Result<muster::Expr> again = muster::parse(muster::to_text(*rule));
  require(again.has_value(), "a printed rule is a rule");
  require(*again == *rule, "a printed rule is the same rule");
  return 0;
}
