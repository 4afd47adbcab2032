#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engage/store.hpp"

namespace muster {

/// What is handed round between channels besides tasks. Stable: ledgers keep the numbers.
enum class PaperKind : std::uint8_t { work_order = 0, sheet = 1, used_link = 2 };

/// The present state of something whose story is in the ledger's entries.
struct Paper {
  PaperKind kind = PaperKind::work_order;
  std::uint64_t id = 0;       ///< the sequence of its first entry
  std::string owner;          ///< on whose desk it lies; empty: nobody's
  std::optional<Moment> due;  ///< when something is to be done about it by the clock
  std::string body;           ///< all of it, as JSON
};

/// Throws StoreFailure.
class PaperTable {
 public:
  explicit PaperTable(Store& store) : store_(store) {}

  /// In place of what is there under kind and id.
  void put(const Paper& paper);
  std::optional<Paper> find(PaperKind kind, std::uint64_t id);
  /// By id.
  std::vector<Paper> of_owner(PaperKind kind, std::string_view owner);
  /// Those due first, first.
  std::vector<Paper> due(PaperKind kind, Moment now, std::size_t most);

 private:
  Store& store_;
};

}  // namespace muster
