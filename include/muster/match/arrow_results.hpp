#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "muster/match/audience.hpp"
#include "muster/tags/arrow.hpp"

namespace muster {

/// An Arrow array and its type on their way to a consumer, who takes both over by moving them out.
/// What is not moved out is released. The array owns all of its memory.
class MUSTER_EXPORT ArrowResult {
 public:
  ArrowResult() = default;
  /// Takes both over.
  ArrowResult(ArrowSchema& type, ArrowArray& array) noexcept;
  ArrowResult(ArrowResult&& other) noexcept;
  ArrowResult& operator=(ArrowResult&& other) noexcept;
  ~ArrowResult();

  const ArrowSchema& type() const noexcept { return type_; }
  const ArrowArray& array() const noexcept { return array_; }

  /// What was in the targets is overwritten, not released.
  void move_to(ArrowSchema& type, ArrowArray& array) noexcept;
  /// The array alone.
  void move_array_to(ArrowArray& array) noexcept;
  /// As a stream of this one array. Whatever thread calls it, one at a time.
  void move_to(ArrowArrayStream& stream);

 private:
  ArrowSchema type_{};
  ArrowArray array_{};
};

/// A struct array (policy: utf8, users: uint64), one row a rule. O(rules).
/// REQUIRES, here and below: as many names as rules; fails with invalid_argument otherwise.
MUSTER_EXPORT Result<ArrowResult> arrow_counts(std::vector<std::uint64_t> counts,
                                               std::span<const std::string> policies);

/// A struct array (user, policy: dictionary<int32, utf8>), one row a pair, by user, then policy.
/// `user` is the key, large utf8, where the schema has a key column of texts, int64 or uint64 where
/// it has one of integers; else the row number from 1, uint64. The rules are moved, users are
/// written out: O(pairs). Fails with invalid_argument also where the pairs are of other users, and
/// with cancelled soon after `cancel`, where it is not null, was.
MUSTER_EXPORT Result<ArrowResult> arrow_pairs(Audience::Pairs pairs,
                                              std::span<const std::string> policies,
                                              const ArrowUsers& users,
                                              const CancelToken* cancel = nullptr);

/// A boolean array over the users, from the bitmap of one rule; the words are moved. O(1). Fails
/// with invalid_argument where the words are not those of so many users.
MUSTER_EXPORT Result<ArrowResult> arrow_bitmap(std::vector<std::uint64_t> bitmap,
                                               std::size_t users);
/// A struct array of one boolean column a rule, named after its policy; the words are moved.
/// O(rules).
MUSTER_EXPORT Result<ArrowResult> arrow_bitmaps(std::vector<std::uint64_t> bitmaps,
                                                std::size_t users,
                                                std::span<const std::string> policies);

}  // namespace muster
