// Any text as TM Forum Promotions: refused with findings that point into it, or read as policies
// that are written so that they read back the same.
#include "muster/policy/tmf671.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"

namespace {

std::vector<muster::Channel> make_channels() {
  std::vector<muster::Channel> out(2);
  out[0].id = "sms";
  out[1].id = "shop";
  out[1].kind = muster::ChannelKind::own_shop;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<muster::Channel> channels = make_channels();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto policies = muster::from_tmf671(text, channels);
  if (!policies) {
    require(!policies.error().message.empty(), "a refusal says why");
    for (const muster::Diagnostic& finding : policies.error().diagnostics) {
      require(finding.range.begin <= finding.range.end, "a range begins before it ends");
      require(finding.range.end <= size, "a finding points into the text");
      require(!muster::render(finding, text, "file").empty(), "a finding can be shown");
    }
    return 0;
  }
  const std::string written = muster::to_tmf671(*policies, channels);
  const auto again = muster::from_tmf671(written, channels);
  require(again.has_value(), "what was written can be read");
  require(muster::to_tmf671(*again, channels) == written, "and says the same");
  return 0;
}
