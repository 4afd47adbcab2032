// The call centre's popup: a customer calls, the agent's screen shows the policies that fit.
// usage: popup CATALOGUE USERS.csv ROW…

#include <atomic>
#include <chrono>
#include <iostream>
#include <memory>
#include <muster/muster.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace muster;

/// The library never asks what day it is; here it is what day it is in UTC.
Date today() {
  using namespace std::chrono;
  return {static_cast<std::int32_t>(floor<days>(system_clock::now()).time_since_epoch().count())};
}

/// What a request needs, made once per catalogue, never changed afterwards: threads that hold one
/// finish with it while others already use the next.
struct Edition {
  int number;
  Catalogue catalogue;
  RuleSet rules;

  static Result<std::shared_ptr<const Edition>> read(const char* file, int number) {
    Result<Catalogue> catalogue = Catalogue::read(file);
    if (!catalogue) return catalogue.error();
    Result<RuleSet> rules = catalogue->compile();
    if (!rules) return rules.error();
    return std::make_shared<const Edition>(Edition{number, *catalogue, *std::move(rules)});
  }
};

/// One thread's desk. Everything is allocated before the first call comes in.
class Desk {
 public:
  explicit Desk(std::shared_ptr<const Edition> edition)
      : edition_(std::move(edition)),
        scratch_(edition_->rules),
        user_(edition_->rules.encoder().words()),
        matched_(edition_->rules.size()) {}

  /// Positions of the policies that fit; valid until the next call.
  Result<std::span<const RuleId>> popup(const UserView& user, Date today) {
    const RuleSet& rules = edition_->rules;
    if (auto encoded = rules.encoder().encode(user, today, user_); !encoded) {
      return encoded.error();
    }
    const std::size_t count = rules.match(user_, scratch_, matched_);
    return std::span<const RuleId>(matched_).first(count);
  }

  const Edition& edition() const { return *edition_; }

 private:
  std::shared_ptr<const Edition> edition_;
  Scratch scratch_;
  std::vector<std::uint64_t> user_;
  std::vector<RuleId> matched_;
};

/// All desks of the house. A new catalogue is one store into `newest`.
struct House {
  std::atomic<std::shared_ptr<const Edition>> newest;
  std::atomic<bool> closing{false};

  /// What one thread does: serves all customers over and over, for the last time when the house
  /// closes. Returns how many popups of that round came from edition `wanted`.
  std::size_t serve(const UserTable& users, int wanted) {
    Desk desk(newest.load());
    for (;;) {
      const bool last = closing;
      std::size_t popups = 0;
      for (UserIndex user = 0; user < users.size(); ++user) {
        if (auto edition = newest.load(); edition.get() != &desk.edition()) {
          desk = Desk(std::move(edition));  // between two calls
        }
        if (desk.popup(users.row(user), today())) popups += desk.edition().number == wanted;
      }
      if (last) return popups;
    }
  }
};

int fail(const Error& error, std::string_view file) {
  std::cerr << file << ": " << error.message << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: popup CATALOGUE USERS.csv ROW…\n";
    return 2;
  }
  const auto first = Edition::read(argv[1], 1);
  if (!first) return fail(first.error(), argv[1]);
  const auto users = read_csv_file((*first)->catalogue.schema(), argv[2]);
  if (!users) return fail(users.error(), argv[2]);

  Desk desk(*first);
  for (int i = 3; i < argc; ++i) {
    const auto user = users->table.find(argv[i]);
    if (!user) {
      std::cerr << "there is no user " << argv[i] << '\n';
      return 1;
    }
    const auto matched = desk.popup(users->table.row(*user), today());
    if (!matched) return fail(matched.error(), argv[2]);
    std::cout << "user " << argv[i] << ':';
    for (const RuleId rule : *matched) {
      std::cout << ' ' << desk.edition().catalogue.policies()[rule].id;
    }
    std::cout << '\n';
  }

  // Any number of threads may match at once: each has its own desk, all share the edition.
  House house{*first};
  std::atomic<std::size_t> popups{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] { popups += house.serve(users->table, 2); });
  }
  // Meanwhile the catalogue has changed. If the new one is wrong, the old one stays in use.
  const auto second = Edition::read(argv[1], 2);
  if (second) house.newest.store(*second);
  house.closing = true;
  for (std::thread& thread : threads) thread.join();
  if (!second) return fail(second.error(), argv[1]);
  std::cout << popups << " popups from edition 2 on two threads\n";
}
