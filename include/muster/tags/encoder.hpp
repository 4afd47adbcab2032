#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "muster/core/progress.hpp"
#include "muster/tags/encoded_users.hpp"
#include "muster/tags/predicate.hpp"
#include "muster/tags/user_table.hpp"

namespace muster {

class ArrowUsers;

/// Turns users into the bits that a rule set reads: bit i is predicate i's answer.
/// Immutable, thread-safe, cheap to copy.
class MUSTER_EXPORT Encoder {
 public:
  /// REQUIRES: every predicate names a tag of `schema` and is canonical.
  Encoder(Schema schema, std::vector<Predicate> predicates);

  const Schema& schema() const noexcept;
  std::span<const Predicate> predicates() const noexcept;
  std::size_t bits() const noexcept { return predicates().size(); }
  /// 64-bit words of one encoded user: bits / 64, rounded up.
  std::size_t words() const noexcept { return (bits() + 63) / 64; }

  /// One user's bits, bit i at `out[i / 64] >> (i % 64) & 1`, spare bits 0. Costs O(tags with
  /// predicates + words), allocates nothing unless a tag is derived. Fails, naming the tag, with
  /// missing_value where a tag that is not nullable is NULL, with wrong_type where a cell is not of
  /// its tag. REQUIRES: out.size() == words().
  Result<void> encode(const UserView& user, Date today, std::span<std::uint64_t> out) const;
  Result<std::vector<std::uint64_t>> encode(const UserView& user, Date today) const;

  /// All users of a table as columns of bits, block by block on `run.threads` threads; progress
  /// counts blocks of some thousand users. Fails with schema_mismatch or cancelled.
  Result<EncodedUsers> encode(const UserTable& users, Date today, const RunOptions& run = {}) const;

  /// The same straight from borrowed columns. Fails also with missing_value where a derived tag
  /// that is not nullable has none.
  Result<EncodedUsers> encode(const ArrowUsers& users, Date today,
                              const RunOptions& run = {}) const;

  /// Differs between encoders whose bits answer different questions, by all odds; never 0. The same
  /// within one process only. O(predicates).
  std::uint64_t fingerprint() const noexcept;

  /// Heap bytes.
  std::size_t memory_bytes() const noexcept;

 private:
  friend struct EncoderAccess;
  struct Body;
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
