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

/// A rule's position in its set, from 0, in the order rules were added.
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

/// Collects rules over one schema; `compile` makes them an immutable RuleSet.
class MUSTER_EXPORT RuleSetBuilder {
 public:
  explicit RuleSetBuilder(Schema schema, Limits limits = {});
  RuleSetBuilder(RuleSetBuilder&&) noexcept;
  RuleSetBuilder& operator=(RuleSetBuilder&&) noexcept;
  ~RuleSetBuilder();

  /// Names a rule for SEGMENT(name).
  Result<void> define(std::string_view name, std::string_view rule);
  /// Adds a rule; ids count from 0. A rule that fails is not added.
  Result<RuleId> add(std::string_view rule);
  Result<RuleId> add(const Expr& rule);

  std::size_t size() const noexcept;
  /// Warnings about the rule added last.
  std::span<const Diagnostic> warnings() const noexcept;

  /// O(size of all rules). Fails with limit (max_bits, max_shared_segments), schema_mismatch (the
  /// sample's), invalid_argument (the kernel) and cancelled.
  Result<RuleSet> compile(const CompileOptions& options = {}) &&;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

/// Working memory for matching one user at a time against one rule set; allocates only when
/// made. One per thread.
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

/// Rules compiled together. Immutable, thread-safe, cheap to copy.
class MUSTER_EXPORT RuleSet {
 public:
  std::size_t size() const noexcept;
  const Schema& schema() const noexcept;
  const Encoder& encoder() const noexcept;
  std::string_view kernel() const noexcept;

  /// Ids of the rules that are TRUE for an encoded user, ascending, into `out`; returns how many
  /// there are, of which the first out.size() are written. Allocates nothing, never throws.
  /// REQUIRES: `user` comes from encoder(), `scratch` was made for this set and is used by one
  /// thread at a time.
  std::size_t match(std::span<const std::uint64_t> user, Scratch& scratch,
                    std::span<RuleId> out) const noexcept;

  /// The same answer as a bitmap of size() bits. REQUIRES: out.size() == (size() + 63) / 64.
  void match_bits(std::span<const std::uint64_t> user, Scratch& scratch,
                  std::span<std::uint64_t> out) const noexcept;

  /// Whether one rule is TRUE, without looking at others. O(literals of the rule).
  bool matches(std::span<const std::uint64_t> user, RuleId rule) const noexcept;

  /// What a change of tags did: rules entered and left, ascending, appended to the vectors.
  void changed(std::span<const std::uint64_t> before, std::span<const std::uint64_t> after,
               Scratch& scratch, std::vector<RuleId>& entered, std::vector<RuleId>& left) const;

  /// Heap bytes of everything the set holds.
  std::size_t memory_bytes() const noexcept;

  /// Versioned, checksummed bytes, the same on every machine. `load` trusts nothing in them;
  /// it fails with corrupt, unsupported_version and limit, and as compile does.
  std::vector<std::byte> save() const;
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
