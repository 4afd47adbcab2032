#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/core/moment.hpp"

namespace muster {

inline constexpr std::size_t min_link_secret_bytes = 32;  ///< as long as the signature
inline constexpr std::size_t max_link_secret_bytes = 1'024;
inline constexpr std::size_t max_link_keys = 100;
inline constexpr std::size_t max_link_subject_bytes = 256;
inline constexpr std::size_t max_link_token_bytes = 512;

/// A secret to sign links with. To change it, put a new one first and keep the old one until the
/// links that it signed have expired.
struct LinkKey {
  std::uint32_t id = 0;  ///< stands in the token; distinct
  std::string secret;    ///< random bytes
};

/// Makes a token one of its kind: 16 random bytes from outside, never the same ones twice.
using LinkNonce = std::array<std::uint8_t, 16>;

/// 32 hexadecimal digits.
MUSTER_EXPORT std::string to_string(const LinkNonce& nonce);

/// What a link carries from a conversation to the page it opens.
struct Link {
  std::string subject;  ///< 1 to max_link_subject_bytes: the task, for example; not secret
  Moment expires;       ///< no longer good from then on
  LinkNonce nonce{};    ///< whoever redeems the link remembers it, so that it is good once
  friend bool operator==(const Link&, const Link&) = default;
};

/// Fails with link_expired.
MUSTER_EXPORT Result<void> check_expiry(const Link& link, Moment now);

/// Signs links with HMAC-SHA-256 (RFC 2104) as texts of letters, digits, '-' and '_', and reads
/// them back. Whoever holds a token may read it, nobody without a secret can make or change one,
/// and there is one text for each link and key. Immutable, thread-safe.
class MUSTER_EXPORT LinkSigner {
 public:
  /// The first key signs, all of them verify. Fails with bad_setting (no key, too many, a secret
  /// that is too short or too long) and duplicate_key.
  static Result<LinkSigner> make(std::vector<LinkKey> keys);

  /// Fails with invalid_argument (no subject, or one that is too long).
  Result<std::string> sign(const Link& link) const;

  /// Fails with link_malformed (no token, or cut off), unsupported_version, link_unknown_key,
  /// link_forged and link_expired, in this order: only a token with a right signature is said to
  /// have expired; and with io where the crypto library does. Signatures are compared in constant
  /// time. O(length).
  Result<Link> verify(std::string_view token, Moment now) const;
  /// The same whenever it expires: for whoever may have used it in time.
  Result<Link> read(std::string_view token) const;

 private:
  explicit LinkSigner(std::vector<LinkKey> keys) : keys_(std::move(keys)) {}
  std::vector<LinkKey> keys_;
};

}  // namespace muster
