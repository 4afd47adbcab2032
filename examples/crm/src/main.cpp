// A small CRM over one ledger: every channel's pages, each seeing at once what the others did.

#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "options.hpp"
#include "pages.hpp"
#include "secrets.hpp"
#include "server.hpp"

namespace {

using namespace crm;

/// The library never asks what time it is. The clock may begin elsewhere, and then goes as any.
Clock clock_from(std::optional<muster::Moment> begin) {
  const auto system = [] {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
  };
  const std::int64_t ahead = begin ? begin->seconds - system() : 0;
  return [=] { return muster::Moment{system() + ahead}; };
}

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : random_text();
}

Pages all_pages(Office& office) {
  Pages pages;
  add_home(pages, office);
  add_outbound(pages, office);
  add_hotline(pages, office);
  add_counter(pages, office);
  add_zone(pages, office);
  add_monitor(pages, office);
  return pages;
}

int fail(const muster::Error& error) {
  std::cerr << error.message << '\n';
  return 1;
}

/// Before there are threads, so that all of them leave these signals to `wait_for_end`.
sigset_t hold_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Every second does what the clock says, until the program is to end.
void tend_until_end(Office& office, const Clock& clock, const sigset_t& signals) {
  const timespec second{1, 0};
  while (sigtimedwait(&signals, nullptr, &second) < 0) {
    if (const auto tended = office.tend(clock()); !tended) {
      std::cerr << tended.error().message << '\n';  // and tries again
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read_options(argc, argv);
  if (!options) return 2;
  const sigset_t signals = hold_end_signals();
  const auto office = Office::open(options->files, from_environment("MUSTER_CRM_SECRET"));
  if (!office) return fail(office.error());
  const Clock clock = clock_from(options->now);
  const auto server =
      Server::bind(options->port, {from_environment("MUSTER_CRM_TOKEN"), random_text()},
                   all_pages(**office), clock);
  if (!server) return fail(server.error());
  std::cout << (*server)->first_url() << std::endl;
  std::thread serving([&] { (*server)->run(); });
  tend_until_end(**office, clock, signals);
  (*server)->stop();
  serving.join();
}
