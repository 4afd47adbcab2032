#include "muster/engage/link_token.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/endian/conversion.hpp>
#include <iterator>

#include "engage/base64url.hpp"
#include "engage/hmac.hpp"

namespace muster {
namespace {

// A token's bytes, numbers with their highest byte first:
//
//     version   1
//     key       4
//     expires   8   seconds since 1970, signed
//     nonce    16
//     subject   the rest but
//     signature 32  of all before it
constexpr char token_version = 1;
constexpr std::size_t key_begin = 1;
constexpr std::size_t expires_begin = 5;
constexpr std::size_t nonce_begin = 13;
constexpr std::size_t subject_begin = 29;
constexpr std::size_t signature_bytes = std::tuple_size_v<Signature>;
constexpr std::size_t most_bytes = subject_begin + max_link_subject_bytes + signature_bytes;
static_assert((most_bytes * 4 + 2) / 3 <= max_link_token_bytes);

template <class Number>
void append_number(std::string& bytes, Number number) {
  boost::endian::native_to_big_inplace(number);
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number = 0;
  std::copy_n(bytes.data() + at, sizeof number, reinterpret_cast<char*>(&number));
  return boost::endian::big_to_native(number);
}

Error malformed(std::string_view why) {
  return {Errc::link_malformed, fmt::format("this is no link: {}", why), {}};
}

Result<void> check_key(const std::vector<LinkKey>& keys, std::size_t at) {
  const LinkKey& key = keys[at];
  if (key.secret.size() < min_link_secret_bytes || key.secret.size() > max_link_secret_bytes) {
    return Error{Errc::bad_setting,
                 fmt::format("the secret of link key {} must have {} to {} bytes, not {}", key.id,
                             min_link_secret_bytes, max_link_secret_bytes, key.secret.size()),
                 {}};
  }
  const auto end = keys.begin() + static_cast<std::ptrdiff_t>(at);
  if (std::any_of(keys.begin(), end, [&](const LinkKey& other) { return other.id == key.id; })) {
    return Error{Errc::duplicate_key, fmt::format("two link keys have the id {}", key.id), {}};
  }
  return {};
}

// The bytes of a token of this version, signature included.
Result<std::string> bytes_of(std::string_view token) {
  if (token.size() > max_link_token_bytes) {
    return malformed(fmt::format("longer than {} bytes", max_link_token_bytes));
  }
  auto bytes = from_base64url(token);
  if (!bytes) return malformed("not base 64 of the URL alphabet");
  if (bytes->empty()) return malformed("empty");
  if (bytes->front() != token_version) {
    return Error{Errc::unsupported_version,
                 fmt::format("this link is of version {}, this library reads {}",
                             static_cast<std::uint8_t>(bytes->front()), int{token_version}),
                 {}};
  }
  if (bytes->size() <= subject_begin + signature_bytes) return malformed("too short");
  if (bytes->size() > most_bytes) return malformed("its subject is too long");
  return std::move(*bytes);
}

Result<void> check_signature(std::string_view bytes, const std::vector<LinkKey>& keys) {
  const auto id = number_at<std::uint32_t>(bytes, key_begin);
  const auto key =
      std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.id == id; });
  if (key == keys.end()) {
    return Error{Errc::link_unknown_key,
                 fmt::format("this link was signed with key {}, which is not known", id),
                 {}};
  }
  const std::size_t signed_bytes = bytes.size() - signature_bytes;
  Signature signature;
  if (!sign_hmac(key->secret, bytes.substr(0, signed_bytes), signature)) {
    return Error{Errc::io, "the crypto library could not check a link", {}};
  }
  if (equal_in_constant_time(signature, bytes.substr(signed_bytes))) return {};
  return Error{Errc::link_forged, "this link's signature is not its own", {}};
}

Link link_of(std::string_view bytes) {
  Link link;
  link.expires.seconds = number_at<std::int64_t>(bytes, expires_begin);
  std::copy_n(bytes.begin() + nonce_begin, link.nonce.size(), link.nonce.begin());
  link.subject = bytes.substr(subject_begin, bytes.size() - subject_begin - signature_bytes);
  return link;
}

}  // namespace

std::string to_string(const LinkNonce& nonce) {
  std::string digits;
  for (const std::uint8_t byte : nonce) fmt::format_to(std::back_inserter(digits), "{:02x}", byte);
  return digits;
}

Result<LinkSigner> LinkSigner::make(std::vector<LinkKey> keys) {
  if (keys.empty() || keys.size() > max_link_keys) {
    return Error{Errc::bad_setting,
                 fmt::format("there must be 1 to {} link keys, not {}", max_link_keys, keys.size()),
                 {}};
  }
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (auto checked = check_key(keys, at); !checked) return checked.error();
  }
  return LinkSigner(std::move(keys));
}

Result<std::string> LinkSigner::sign(const Link& link) const {
  if (link.subject.empty() || link.subject.size() > max_link_subject_bytes) {
    return Error{Errc::invalid_argument,
                 fmt::format("a link's subject must have 1 to {} bytes, not {}",
                             max_link_subject_bytes, link.subject.size()),
                 {}};
  }
  std::string bytes{token_version};
  append_number(bytes, keys_.front().id);
  append_number(bytes, link.expires.seconds);
  bytes.append(link.nonce.begin(), link.nonce.end());
  bytes += link.subject;
  Signature signature;
  if (!sign_hmac(keys_.front().secret, bytes, signature)) {
    return Error{Errc::io, "the crypto library could not sign a link", {}};
  }
  bytes.append(signature.begin(), signature.end());
  return to_base64url(bytes);
}

Result<Link> LinkSigner::read(std::string_view token) const {
  const auto bytes = bytes_of(token);
  if (!bytes) return bytes.error();
  if (auto checked = check_signature(*bytes, keys_); !checked) return checked.error();
  return link_of(*bytes);
}

Result<Link> LinkSigner::verify(std::string_view token, Moment now) const {
  auto link = read(token);
  if (!link) return link.error();
  if (Result<void> good = check_expiry(*link, now); !good) return good.error();
  return link;
}

Result<void> check_expiry(const Link& link, Moment now) {
  if (now < link.expires) return {};
  return Error{
      Errc::link_expired, fmt::format("this link expired at {}", to_string(link.expires)), {}};
}

}  // namespace muster
