#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "match/kernel.hpp"
#include "match/programs.hpp"
#include "muster/core/progress.hpp"

namespace muster {

/// What the one-user matcher is built from. Bits below `user_bits` come with the user; bit
/// `user_bits + i` is shared[i]. Borrowed: both lists must outlive the call.
struct OneUserInput {
  const ProgramList& shared;
  const ProgramList& rules;
  std::size_t user_bits = 0;
  std::size_t all_bits() const noexcept { return user_bits + shared.size(); }
};

/// How OneUserIndex is built.
struct OneUserOptions {
  /// How often each bit is 1, from 0 to 1, one per bit of all_bits(); those missing count as
  /// 0.2. Decides which literals are tried first; never changes an answer.
  std::span<const float> frequency = {};
  /// A rule with more conjunctions in normal form runs as a program.
  std::size_t max_conjunctions = 64;
  /// Progress counts rules. Threads are not used.
  RunOptions run = {};
};

/// Working memory for matching one user at a time against one index; allocates only when made.
class OneUserScratch;

/// All rules against one user: conjunctions of literals, filed under their rarest literals so
/// that most are never looked at, the others tested 64 at a time. Immutable, thread-safe.
class OneUserIndex {
 public:
  /// O(literals of all rules); about a microsecond a rule. Fails with cancelled.
  static Result<OneUserIndex> build(const OneUserInput& input, const Kernel& kernel,
                                    const OneUserOptions& options = {});
  OneUserIndex(OneUserIndex&&) noexcept;
  OneUserIndex& operator=(OneUserIndex&&) noexcept;
  ~OneUserIndex();

  /// Ids of the rules that are true for `user`, ascending, into `out`; returns how many there
  /// are, of which the first out.size() are written. Allocates nothing.
  /// REQUIRES: the same `input` as for build (it may have moved), `user` has user_bits bits with
  /// spare bits 0, `scratch` was made for this index and is used by one thread at a time.
  std::size_t match(const OneUserInput& input, const std::uint64_t* user, OneUserScratch& scratch,
                    std::span<std::uint32_t> out) const noexcept;

  /// The same answer as a bitmap of (rules + 63) / 64 words, all of which are written.
  void match_bits(const OneUserInput& input, const std::uint64_t* user, OneUserScratch& scratch,
                  std::uint64_t* out) const noexcept;

  std::size_t memory_bytes() const noexcept;

 private:
  friend class OneUserScratch;
  struct Body;
  explicit OneUserIndex(std::unique_ptr<const Body> body) noexcept;
  std::unique_ptr<const Body> body_;
};

class OneUserScratch {
 public:
  explicit OneUserScratch(const OneUserIndex& index);
  OneUserScratch(OneUserScratch&&) noexcept;
  OneUserScratch& operator=(OneUserScratch&&) noexcept;
  ~OneUserScratch();

 private:
  friend class OneUserIndex;
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace muster
