#pragma once

#include <string>
#include <string_view>

#include "muster/engage/link_token.hpp"
#include "visit.hpp"

namespace crm {

inline constexpr std::string_view staff_cookie = "muster_crm_staff";
inline constexpr std::string_view customer_cookie = "muster_crm_customer";
inline constexpr std::int64_t session_seconds = 30 * 60;

/// What a request shows of where it comes from. Empty: the header was not there.
struct Credentials {
  bool changes = false;  ///< a POST
  std::string_view host;
  std::string_view origin;
  std::string_view bearer;  ///< the Authorization header
  std::string_view query;   ///< the URL's "token"
  std::string_view cookies;
};

/// Who may come in. A page on loopback is still within reach of every page in the same browser,
/// so the address alone proves nothing:
///   - the Host must be ours, or a name that an attacker points to 127.0.0.1 would do (DNS
///     rebinding);
///   - what changes something must come from one of our pages, by its Origin (cross-site request
///     forgery), but for programs that send the token in a header, which no page can;
///   - staff show the token, customers a session that we signed.
/// Immutable, thread-safe.
class Guard {
 public:
  /// `session_secret`: min_link_secret_bytes at least.
  static muster::Result<Guard> make(std::string token, const std::string& session_secret, int port);

  /// Fails with a text for people where the Host or the Origin is not ours.
  muster::Result<void> check_place(const Credentials& shown) const;
  Visitor identify(const Credentials& shown, muster::Moment now) const;
  bool is_token(std::string_view text) const noexcept;
  /// "http://127.0.0.1:8080"
  const std::string& origin() const noexcept { return origins_[0]; }

  // Values of Set-Cookie. Strict: no other site's link or form takes them along.
  std::string staff_session() const;
  std::string customer_session(std::string_view customer, muster::Moment now) const;

 private:
  Guard(std::string token, muster::LinkSigner sessions, int port);
  bool has_bearer(const Credentials& shown) const noexcept;

  std::string token_;
  muster::LinkSigner sessions_;
  std::string hosts_[2];
  std::string origins_[2];
};

}  // namespace crm
