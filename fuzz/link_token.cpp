// Any text as a link's token: refused, or the one text there is for the link that it carries.
#include "muster/engage/link_token.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const muster::LinkSigner signer =
      muster::LinkSigner::make({{7, std::string(32, 'k')}, {6, std::string(32, 'o')}}).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr muster::Moment now{0};
  if (const auto link = signer.verify(text, now)) {
    require(!link->subject.empty(), "a link carries something");
    require(now < link->expires, "a good link has not expired");
  }
  // The same bytes as a subject: what is signed verifies, and any change of it does not.
  const muster::Link link{std::string(text.substr(0, muster::max_link_subject_bytes)), {1}, {}};
  const auto token = signer.sign(link);
  require(token.has_value() == !text.empty(), "every subject can be signed");
  if (!token) return 0;
  const auto again = signer.verify(*token, now);
  require(again.has_value() && *again == link, "what was signed is read back");
  std::string changed = *token;
  char& letter = changed[size % changed.size()];
  letter = letter == 'A' ? 'B' : 'A';
  require(!signer.verify(changed, now).has_value(), "a changed token is refused");
  return 0;
}
