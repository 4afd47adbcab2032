#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/engine.hpp"
#include "muster/engage/hand_off.hpp"
#include "muster/engage/ledger_history.hpp"
#include "muster/engage/link_desk.hpp"
#include "muster/evaluate/ledger_monitor.hpp"
#include "task_board.hpp"

namespace crm {

// The catalogue's channels that have pages here.
inline constexpr std::string_view outbound_channel = "outbound";
inline constexpr std::string_view hotline_channel = "hotline";
inline constexpr std::string_view zone_channel = "special_zone";
inline constexpr std::string_view counter_channel = "partner";  ///< the shops' counters

struct OfficeFiles {
  std::filesystem::path catalogue;
  std::filesystem::path customers;  ///< CSV
  std::filesystem::path shops;
  std::filesystem::path ledger;  ///< made where there is none
};

/// What all channels work on. Customers and catalogue stand still while the program runs; whatever
/// happens is in the ledger and nowhere else, so that any number of these programs may share one.
/// Safe from any number of threads.
class Office {
 public:
  /// `link_secret` signs the customers' links. Fails as the readers of the files do, naming them.
  static muster::Result<std::unique_ptr<Office>> open(const OfficeFiles& files,
                                                      std::string link_secret);

  const muster::Catalogue& catalogue() const noexcept { return catalogue_; }
  const muster::UserTable& customers() const noexcept { return customers_; }
  const muster::ShopDirectory& shops() const noexcept { return shops_; }
  const muster::LinkSigner& link_signer() const noexcept { return link_signer_; }
  muster::Ledger& ledger() noexcept { return ledger_; }
  muster::HandOffDesk& hand_offs() noexcept { return hand_offs_; }
  muster::LinkDesk& links() noexcept { return links_; }

  /// The last entry of the ledger, by whomever: pages are out of date once it has changed.
  muster::Result<std::uint64_t> sequence();
  /// What one customer should be offered now. Changes nothing.
  muster::Result<muster::PolicyView> view(std::string_view customer, muster::Moment now);
  /// The gate: fails where this customer may not have this policy on this channel, saying why.
  muster::Result<void> may_have(std::string_view customer, std::string_view policy,
                                std::string_view channel, muster::Moment now);

  /// A customer turned up: what the view offers becomes tasks, where it has not already.
  muster::Result<muster::Receipt> receive(const muster::Command& command,
                                          std::string_view customer);
  /// The day's work: what is past due expires, all customers get tasks, the call centre its calls.
  muster::Result<muster::Receipt> begin_day(std::string_view key, muster::Moment now);

  /// What the clock says of work orders: those that are late go on to the next shop, or back.
  muster::Result<void> tend(muster::Moment now);

  /// Tasks that the call centre has in hand.
  muster::Result<std::vector<muster::Task>> call_list();
  /// What the ledger adds up to, as a page by itself.
  muster::Result<std::string> monitor_page();

 private:
  Office(muster::Catalogue catalogue, muster::UserTable customers, muster::ShopDirectory shops,
         muster::Ledger ledger, muster::LinkSigner signer);
  muster::Result<muster::Receipt> plan(const muster::Command& command,
                                       const std::vector<muster::PolicyView>& views);
  muster::Result<muster::UserTable::Row> row_of(std::string_view customer) const;

  muster::Catalogue catalogue_;
  muster::UserTable customers_;
  muster::ShopDirectory shops_;
  muster::Ledger ledger_;
  muster::LinkSigner link_signer_;
  muster::HandOffDesk hand_offs_;
  muster::LinkDesk links_;
  std::shared_ptr<muster::LedgerHistory> history_;
  muster::Engine engine_;
  TaskBoard board_;
  std::mutex monitor_mutex_;
  muster::LedgerMonitor monitor_;
};

}  // namespace crm
