#include "guard.hpp"

#include <algorithm>
#include <utility>

#include "secrets.hpp"

namespace crm {
namespace {

using namespace muster;

constexpr std::uint32_t session_key_id = 1;
constexpr std::string_view bearer_prefix = "Bearer ";
constexpr std::string_view cookie_rules = "; Path=/; HttpOnly; SameSite=Strict";

/// The value of a cookie, empty where there is none: "a=1; b=2".
std::string_view find_cookie(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const std::string_view one = cookies.substr(0, cookies.find(';'));
    if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) {
      return one.substr(name.size() + 1);
    }
    cookies.remove_prefix(std::min(one.size() + 1, cookies.size()));
    cookies.remove_prefix(std::min(cookies.find_first_not_of(' '), cookies.size()));
  }
  return {};
}

Error not_ours(std::string_view what, std::string_view value) {
  return {Errc::invalid_argument,
          std::string(what) + " is not this program's: " + std::string(value),
          {}};
}

}  // namespace

Guard::Guard(std::string token, LinkSigner sessions, int port)
    : token_(std::move(token)), sessions_(std::move(sessions)) {
  hosts_[0] = "127.0.0.1:" + std::to_string(port);
  hosts_[1] = "localhost:" + std::to_string(port);
  for (int i = 0; i < 2; ++i) origins_[i] = "http://" + hosts_[i];
}

Result<Guard> Guard::make(std::string token, const std::string& session_secret, int port) {
  auto sessions = LinkSigner::make({{session_key_id, session_secret}});
  if (!sessions) return sessions.error();
  return Guard(std::move(token), *std::move(sessions), port);
}

Result<void> Guard::check_place(const Credentials& shown) const {
  if (shown.host != hosts_[0] && shown.host != hosts_[1]) return not_ours("the host", shown.host);
  if (!shown.changes) return {};
  if (shown.origin.empty() && has_bearer(shown)) return {};
  if (shown.origin == origins_[0] || shown.origin == origins_[1]) return {};
  return not_ours("the origin", shown.origin);
}

bool Guard::has_bearer(const Credentials& shown) const noexcept {
  return shown.bearer.starts_with(bearer_prefix) &&
         is_token(shown.bearer.substr(bearer_prefix.size()));
}

bool Guard::is_token(std::string_view text) const noexcept { return same_secret(text, token_); }

Visitor Guard::identify(const Credentials& shown, Moment now) const {
  Visitor visitor;
  visitor.staff = is_token(find_cookie(shown.cookies, staff_cookie)) || is_token(shown.query) ||
                  has_bearer(shown);
  const auto session = sessions_.verify(find_cookie(shown.cookies, customer_cookie), now);
  if (session) visitor.customer = session->subject;
  return visitor;
}

std::string Guard::staff_session() const {
  return std::string(staff_cookie) + '=' + token_ + std::string(cookie_rules);
}

std::string Guard::customer_session(std::string_view customer, Moment now) const {
  const Link session{std::string(customer), {now.seconds + session_seconds}, random_nonce()};
  // A key that is too long for a session gets an empty one, which opens nothing.
  const auto text = sessions_.sign(session);
  return std::string(customer_cookie) + '=' + (text ? *text : std::string()) +
         std::string(cookie_rules);
}

}  // namespace crm
