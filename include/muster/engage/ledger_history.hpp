#pragma once

#include <memory>

#include "muster/decide/contact_history.hpp"
#include "muster/engage/ledger.hpp"

namespace muster {

/// What a ledger knows, in memory, for decisions. Readers are never kept waiting by the ledger.
/// Thread-safe.
class MUSTER_EXPORT LedgerHistory final : public ContactHistory {
 public:
  LedgerHistory();
  ~LedgerHistory() override;

  /// Takes in what was written since, by whomever. O(new entries); the first time, of all. Fails as
  /// Ledger::events does; what was read until then is kept.
  Result<void> update(Ledger& ledger);
  /// The last entry taken in.
  std::uint64_t sequence() const noexcept;

  void contacts(std::string_view user, See see, void* context) const override;
  bool numbered_contacts(std::string_view user, SeeNumbered see,
                         void* context) const noexcept override;
  void expect(std::string_view user) const noexcept override;
  void expect_soon(std::string_view user) const noexcept override;
  Taken taken(std::string_view policy) const noexcept override;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace muster
