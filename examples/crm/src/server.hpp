#pragma once

#include <httplib.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "guard.hpp"
#include "visit.hpp"

namespace crm {

using Clock = std::function<muster::Moment()>;

struct ServerSecrets {
  std::string token;    ///< of staff
  std::string session;  ///< min_link_secret_bytes at least
};

/// Pages over HTTP, on the loopback interface alone. All that is HTTP about the program is here.
class Server {
 public:
  /// Binds; port 0: any that is free. Fails with io where the port is taken.
  static muster::Result<std::unique_ptr<Server>> bind(int port, ServerSecrets secrets, Pages pages,
                                                      Clock clock);

  /// Where staff begin.
  std::string first_url() const;
  /// Answers until `stop`, which any thread may call.
  void run() { http_.listen_after_bind(); }
  void stop() { http_.stop(); }

 private:
  Server(Pages pages, Clock clock) : pages_(std::move(pages)), clock_(std::move(clock)) {}
  void answer(const httplib::Request& request, httplib::Response& response) const;
  void send(httplib::Response& response, const Visit& visit, const Reply& reply) const;

  httplib::Server http_;
  std::optional<Guard> guard_;
  std::string token_;
  Pages pages_;
  Clock clock_;
};

}  // namespace crm
