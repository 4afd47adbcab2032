#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include "engage/store.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster::bench {

inline constexpr Moment noon{1'774'872'000};

inline void require(bool right, const char* what) {
  if (!right) throw std::logic_error(what);
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::logic_error(result.error().message);
  return std::move(*result);
}

enum class Kind : std::int64_t { sqlite, postgres };

/// The server's connection string, or null.
const char* server();

/// Where one ledger lies; gone at the end. A server has one at a time.
class Place {
 public:
  explicit Place(Kind kind);
  Place(const Place&) = delete;
  ~Place();

  Ledger ledger(Durability durability = Durability::normal) const;
  std::unique_ptr<Store> store() const;

 private:
  Kind kind_;
  std::filesystem::path folder_;
};

/// One policy for everybody, on the channel `call`, which is active, has a capacity (0: any) and a
/// cap, and besides, where `cooperative`, on three others.
Catalogue catalogue_with(std::size_t capacity, bool cooperative);

std::string user_of(std::size_t number);

/// Plans tasks of all of the catalogue's channels for users, in transactions of a thousand; gives
/// the seconds that Ledger::plan took.
double plan(Ledger& ledger, const Catalogue& catalogue, std::span<const std::size_t> users);

/// Dispatches what can be, in runs of max_run tasks; how many could.
std::size_t dispatch_all(Ledger& ledger, const Catalogue& catalogue);

inline constexpr std::size_t contacts_of_a_user = 10;

/// Ten contacts with each of a ledger's users, who take turns: nothing of a user lies together.
void fill(Store& store, std::size_t contacts);

}  // namespace muster::bench
