#include "secrets.hpp"

#include <sys/random.h>

#include <system_error>

namespace crm {

void fill_random(std::span<unsigned char> bytes) {
  // Up to 256 bytes come as a whole once the generator is ready, whatever signals arrive.
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::system_error(errno, std::generic_category(), "getrandom");
  }
}

muster::LinkNonce random_nonce() {
  muster::LinkNonce nonce{};
  fill_random(nonce);
  return nonce;
}

std::string random_text() { return muster::to_string(random_nonce()); }

bool same_secret(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace crm
