#include "server.hpp"

#include "frame.hpp"
#include "refusal.hpp"
#include "secrets.hpp"

namespace crm {
namespace {

using namespace muster;

constexpr std::size_t max_body_bytes = 64 << 10;
constexpr std::size_t server_threads = 32;
constexpr auto html_type = "text/html; charset=utf-8";
constexpr std::string_view link_path = "/link/";

Credentials credentials_of(const httplib::Request& request) {
  static const std::string nothing;
  const auto header = [&](const char* name) -> const std::string& {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? nothing : found->second;
  };
  const auto query = request.params.find("token");
  return {request.method == "POST",
          header("Host"),
          header("Origin"),
          header("Authorization"),
          query == request.params.end() ? nothing : query->second,
          header("Cookie")};
}

/// Nothing is kept, nothing comes from elsewhere, and no other site may put us into a frame.
void protect(httplib::Response& response, const std::string& allowed) {
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; base-uri 'none'; frame-ancestors 'self'; " + allowed);
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Content-Type-Options", "nosniff");
  // Not "no-referrer", with which browsers call the origin of our own forms "null".
  response.set_header("Referrer-Policy", "same-origin");
}

/// A page in our frame: only the script and the style that bear its nonce are run.
void send_framed(httplib::Response& response, const Visitor& visitor, const Html& main) {
  const std::string nonce = random_text();
  const std::string bears = " 'nonce-" + nonce + "'; ";
  protect(response, "script-src" + bears + "style-src" + bears +
                        "img-src data:; connect-src 'self'; frame-src 'self'; form-action 'self'");
  response.set_content(framed(visitor, main, nonce).text(), html_type);
}

/// Documents bring their style and run nothing.
void send_document(httplib::Response& response, const Reply& reply) {
  protect(response, "style-src 'unsafe-inline'");
  response.set_content(reply.document, reply.type);
}

void refuse(httplib::Response& response, const Visitor& visitor, const Refusal& refusal) {
  response.status = refusal.status;
  send_framed(response, visitor, refusal_text(refusal));
}

Visit visit_of(const httplib::Request& request) {
  Visit visit;
  visit.path = request.path;
  for (const auto& [name, value] : request.params) visit.fields.emplace(name, value);
  // One page serves all links: the token is a field like any other.
  if (visit.path.starts_with(link_path)) {
    visit.fields["link"] = visit.path.substr(link_path.size());
    visit.path = link_path;
  }
  return visit;
}

bool may_see(Audience audience, const Visitor& visitor) {
  switch (audience) {
    case Audience::staff:
      return visitor.staff;
    case Audience::customer:
      return !visitor.customer.empty();
    case Audience::either:
      return visitor.staff || !visitor.customer.empty();
    case Audience::link:
      return true;
  }
  return false;
}

Refusal not_admitted(const Visitor& visitor) {
  if (visitor.staff || !visitor.customer.empty()) return {403, "无权访问", "此页面不对您开放"};
  return {401, "未授权", "请从程序启动时给出的地址，或有效的链接进入"};
}

}  // namespace

Result<std::unique_ptr<Server>> Server::bind(int port, ServerSecrets secrets, Pages pages,
                                             Clock clock) {
  std::unique_ptr<Server> server(new Server(std::move(pages), std::move(clock)));
  httplib::Server& http = server->http_;
  // Browsers open connections before they need them; each would hold a thread while it is idle.
  http.set_keep_alive_max_count(1);
  http.new_task_queue = [] { return new httplib::ThreadPool(server_threads); };
  http.set_payload_max_length(max_body_bytes);
  // Not with SO_REUSEPORT, httplib's default: another program could share the port unseen.
  http.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  constexpr auto loopback = "127.0.0.1";
  if (port == 0) {
    port = http.bind_to_any_port(loopback);
  } else if (!http.bind_to_port(loopback, port)) {
    port = -1;
  }
  if (port < 0) return Error{Errc::io, "the port is taken", {}};
  auto guard = Guard::make(secrets.token, secrets.session, port);
  if (!guard) return guard.error();
  server->guard_.emplace(*std::move(guard));
  server->token_ = std::move(secrets.token);
  const auto answer = [its = server.get()](const auto& request, auto& response) {
    its->answer(request, response);
  };
  http.Get(".*", answer);
  http.Post(".*", answer);
  return server;
}

std::string Server::first_url() const { return guard_->origin() + "/?token=" + token_; }

void Server::answer(const httplib::Request& request, httplib::Response& response) const {
  const Credentials shown = credentials_of(request);
  if (const auto ours = guard_->check_place(shown); !ours) {
    return refuse(response, {}, {403, "来源不符", ours.error().message});
  }
  Visit visit = visit_of(request);
  visit.now = clock_();
  visit.origin = guard_->origin();
  visit.visitor = guard_->identify(shown, visit.now);
  // HEAD is answered as GET, without the body.
  const auto page = pages_.find((shown.changes ? "POST " : "GET ") + visit.path);
  const bool known = page != pages_.end();
  if (!shown.changes && guard_->is_token(shown.query)) {
    // The token is to stay neither in the address bar nor in the history.
    response.set_header("Set-Cookie", guard_->staff_session());
    return response.set_redirect(known ? visit.path : "/", 303);
  }
  if (!may_see(known ? page->second.audience : Audience::either, visit.visitor)) {
    return refuse(response, visit.visitor, not_admitted(visit.visitor));
  }
  if (!known) return refuse(response, visit.visitor, {404, "没有此页面", visit.path});
  const auto reply = page->second.answer(visit);
  reply ? send(response, visit, *reply)
        : refuse(response, visit.visitor, refusal_of(reply.error()));
}

void Server::send(httplib::Response& response, const Visit& visit, const Reply& reply) const {
  if (!reply.customer.empty()) {
    response.set_header("Set-Cookie", guard_->customer_session(reply.customer, visit.now));
  }
  if (!reply.go_on.empty()) {
    response.set_redirect(reply.go_on, 303);
  } else if (!reply.document.empty()) {
    send_document(response, reply);
  } else {
    send_framed(response, visit.visitor, reply.main);
  }
}

}  // namespace crm
