#pragma once

#include <map>
#include <mutex>
#include <string_view>
#include <vector>

#include "muster/engage/ledger.hpp"

namespace crm {

/// Open tasks of all users, channel by channel: a read model over the ledger's log. The ledger
/// itself answers by user; whoever wants another order follows the log and keeps their own. Safe
/// from any number of threads.
class TaskBoard {
 public:
  /// Takes in what was written since, by this process or others.
  muster::Result<void> update(muster::Ledger& ledger);
  /// A channel's tasks that were pushed to it and are open, in order of their ids.
  std::vector<muster::Task> pushed(std::string_view channel) const;

 private:
  void take(const muster::Event& event);

  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::map<muster::TaskId, muster::Task> open_;
};

}  // namespace crm
