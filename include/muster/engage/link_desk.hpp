#pragma once

#include <string>
#include <string_view>

#include "muster/engage/ledger.hpp"
#include "muster/engage/link_token.hpp"

namespace muster {

struct LinkRequest {
  TaskId task = 0;
  Moment expires = {};
  LinkNonce nonce{};  ///< fresh random bytes, not zeros; of no account in a command sent again
};

/// Links from a conversation to a page (hotline → online), as commands on a ledger: each in one
/// transaction, under an idempotency key; the same key with the same content gets the same answer
/// again. Entries are of kind token. Safe from any number of threads; uses the ledger as long as it
/// lives.
class MUSTER_EXPORT LinkDesk {
 public:
  LinkDesk(Ledger& ledger, LinkSigner signer);

  /// The token of a link that carries a task. Fails with unknown_task, illegal_step (a task that is
  /// closed), invalid_argument (a link that would have expired already, or whose nonce is zeros).
  Result<std::string> open(const Command& command, const LinkRequest& request);

  /// Uses a link: its task is handed off to the page, where it was contacted or interested, and is
  /// given as it is then; sent again, as it was then, though the link has expired since. Fails with
  /// what LinkSigner::verify fails with, link_malformed (to no task), link_used (under another
  /// key), link_unknown, unknown_task and illegal_step. O(the user's entries).
  Result<Task> redeem(const Command& command, std::string_view token);

 private:
  Ledger* ledger_;
  LinkSigner signer_;
};

}  // namespace muster
