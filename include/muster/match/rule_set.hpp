#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "muster/rules/check.hpp"
#include "muster/tags/encoder.hpp"

namespace muster {

/// A rule's position in its set, from 0, in the order in which rules were added.
using RuleId = std::uint32_t;

class RuleSet;

/// How a rule set is compiled.
struct CompileOptions {
  /// Kernel to compile for and run with; empty: the environment variable MUSTER_KERNEL, else
  /// the best this CPU has. See kernel.hpp.
  std::string_view kernel = {};
  /// A sample of users: how often each predicate holds decides which literals are tried first.
  /// May be null; then a guess from the schema serves. Never changes an answer.
  const UserTable* sample = nullptr;
  Date sample_today = {};
  /// `threads` is not used: compiling and loading run on the caller's thread. Progress passes over
  /// the rules, twice when compiling and once when loading.
  RunOptions run = {};
};

/// Collects rules over one schema; `compile` makes them an immutable RuleSet. Not thread-safe: one
/// builder belongs to one thread at a time.
class MUSTER_EXPORT RuleSetBuilder {
 public:
  /// `limits` holds for all calls.
  explicit RuleSetBuilder(Schema schema, Limits limits = {});
  RuleSetBuilder(RuleSetBuilder&&) noexcept;
  RuleSetBuilder& operator=(RuleSetBuilder&&) noexcept;
  ~RuleSetBuilder();

  /// Names a rule for SEGMENT(name). O(length): it is parsed and checked when a rule first refers
  /// to it, and what is wrong with it is then that rule's error. Fails with duplicate_name and
  /// limit (max_segments).
  Result<void> define(std::string_view name, std::string_view rule);
  /// Adds a rule; ids count from 0. O(length), and the length of the segments that it is the first
  /// to refer to. Fails as Checker::check does, and with limit (max_rules); a rule that fails is
  /// not added, and the builder goes on as if it had not been given.
  Result<RuleId> add(std::string_view rule);
  /// The same of a tree, whose diagnostics have empty ranges where it was made in C++.
  Result<RuleId> add(const Expr& rule);

  /// Rules added.
  std::size_t size() const noexcept;
  /// Warnings about the rule that was given to add() last; valid until the next call of add().
  std::span<const Diagnostic> warnings() const noexcept;

  /// Uses the builder up, whether it fails or not. O(size of all rules). Fails with limit
  /// (max_bits, max_shared_segments), schema_mismatch (the sample's), invalid_argument (the kernel)
  /// and cancelled.
  Result<RuleSet> compile(const CompileOptions& options = {}) &&;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

/// Working memory for matching one user at a time against one rule set; allocates only when
/// made, 16 bytes for each 64 rules and some 100 KB besides. Not thread-safe: one per thread.
class MUSTER_EXPORT Scratch {
 public:
  explicit Scratch(const RuleSet& rules);
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;
  ~Scratch();

 private:
  friend class RuleSet;
  struct Body;
  std::unique_ptr<Body> body_;
};

/// Rules compiled together. Immutable, thread-safe, cheap to copy: copies share one body. What it
/// returns by reference or view lasts as long as a copy does.
class MUSTER_EXPORT RuleSet {
 public:
  /// Rules in the set. All four are O(1).
  std::size_t size() const noexcept;
  const Schema& schema() const noexcept;
  /// Makes the bits that the functions below take.
  const Encoder& encoder() const noexcept;
  /// Name of the kernel in use, one of kernel_names().
  std::string_view kernel() const noexcept;

  /// Ids of the rules that are TRUE for an encoded user, ascending, into `out`; returns how many
  /// there are, of which the first out.size() are written. Costs O(rules) at worst; most rules are
  /// never looked at (docs/how-matching-works.md). Allocates nothing.
  /// REQUIRES: `user` comes from encoder(), `scratch` was made for this set and is used by one
  /// thread at a time.
  std::size_t match(std::span<const std::uint64_t> user, Scratch& scratch,
                    std::span<RuleId> out) const noexcept;

  /// The same answer as a bitmap: rule r at `out[r / 64] >> (r % 64) & 1`, spare bits 0. Costs the
  /// same, allocates nothing. REQUIRES: the same, and out.size() == (size() + 63) / 64.
  void match_bits(std::span<const std::uint64_t> user, Scratch& scratch,
                  std::span<std::uint64_t> out) const noexcept;

  /// Whether one rule is TRUE, without looking at others. O(literals of the rule), allocates
  /// nothing. REQUIRES: `user` comes from encoder(), rule < size().
  bool matches(std::span<const std::uint64_t> user, RuleId rule) const noexcept;

  /// What a change of tags did: rules entered (TRUE after, not before) and left, each ascending,
  /// appended to the vectors. Costs two calls of match_bits() and size() / 64 steps; O(words) where
  /// no bit differs. Allocates only where the vectors must grow.
  /// REQUIRES: both users come from encoder(); `scratch` as for match().
  void changed(std::span<const std::uint64_t> before, std::span<const std::uint64_t> after,
               Scratch& scratch, std::vector<RuleId>& entered, std::vector<RuleId>& left) const;

  /// Heap bytes of everything the set holds.
  std::size_t memory_bytes() const noexcept;

  /// Versioned, checksummed bytes, the same on every machine. O(size of all rules).
  std::vector<std::byte> save() const;
  /// What save() gave, for the kernel that is asked for here. Trusts nothing in the bytes, which
  /// are not needed afterwards. O(size of all rules), much faster than compiling from text. Fails
  /// with corrupt, unsupported_version, limit (max_saved_bytes, max_rules, max_shared_segments,
  /// max_bits, those of a schema), schema_mismatch (the sample's), invalid_argument (the kernel)
  /// and cancelled.
  static Result<RuleSet> load(std::span<const std::byte> bytes, const CompileOptions& = {},
                              const Limits& = {});

 private:
  friend class RuleSetBuilder;
  friend class Scratch;
  friend class Audience;
  struct Body;
  explicit RuleSet(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
