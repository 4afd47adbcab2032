#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "muster/engage/ledger.hpp"
#include "muster/engage/sheet.hpp"
#include "muster/engage/shops.hpp"

namespace muster {

struct SheetRequest {
  std::string_view order = {};  ///< of the installation
  std::string_view user = {};
  std::string_view shop = {};
  std::string_view installer = {};
};

/// Where a sheet lies that an installer is to act on: "installer:" and the id; sheets that a shop
/// is to act on lie on its shop_desk.
MUSTER_EXPORT std::string installer_desk(std::string_view installer);

/// Communication sheets (沟通单), as commands on a ledger: each in one transaction, under an
/// idempotency key; the same key with the same content gets the same answer again. Entries are of
/// kind sheet, their text the sheet as JSON; whoever is to act next finds them in the outbox of its
/// desk. Safe from any number of threads; uses the ledger as long as it lives.
class MUSTER_EXPORT SheetDesk {
 public:
  explicit SheetDesk(Ledger& ledger);
  /// Only for shops of a directory.
  SheetDesk(Ledger& ledger, ShopDirectory shops);

  /// A sheet for an installation order; its id is that of this entry. Fails with invalid_argument,
  /// and with unknown_shop where there is a directory that does not have the shop.
  Result<Sheet> create(const Command& command, const SheetRequest& request);
  /// Fails with unknown_sheet, and as take_step does.
  Result<Sheet> step(const Command& command, std::uint64_t sheet, const SheetEntry& entry);

  Result<Sheet> find(std::uint64_t sheet);
  /// Sheets that lie on a desk, oldest first.
  Result<std::vector<Sheet>> sheets_on(std::string_view desk);

 private:
  Result<Sheet> answer(std::uint64_t sequence);

  Ledger* ledger_;
  std::optional<ShopDirectory> shops_;
};

}  // namespace muster
