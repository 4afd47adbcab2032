#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generate/draft.hpp"
#include "muster/core/progress.hpp"
#include "muster/tags/user_table.hpp"

namespace muster::generate {

/// The day that a generated population lives on unless told otherwise: dates are around it.
constexpr Date default_today{20'454};  // 2026-01-01

/// An imaginary operator's subscribers: about 200 tags that hang together as they do in the
/// trade. A seed gives the same subscribers on every machine. Immutable, thread-safe.
class Population {
 public:
  static Result<Population> make(std::uint64_t seed, Date today = default_today);

  const Schema& schema() const { return schema_; }
  std::span<const DraftTag> tags() const { return draft_.tags(); }
  Date today() const { return today_; }

  /// One subscriber's values in schema order, as `Draw` gives them; derived tags `unknown`.
  /// REQUIRES: out.size() == tags().size().
  void draw(std::uint64_t index, std::span<std::int64_t> out) const;
  static std::string key(std::uint64_t index);

  Result<UserTable> table(std::size_t users, const Progress& progress = {}) const;

  /// Positions of the tags that a file of subscribers has: all but the derived ones.
  std::vector<std::size_t> columns() const;
  /// The same for another schema's tags. Fails with unknown_tag or schema_mismatch where a tag is
  /// not one of this population's, or is of another type.
  Result<std::vector<std::size_t>> columns_for(const Schema& schema) const;

  /// The header line, respectively one subscriber's line, appended. `cells` is working memory
  /// as for `draw`.
  void append_csv_header(std::string& out, std::span<const std::size_t> columns) const;
  void append_csv_line(std::string& out, std::span<const std::size_t> columns, std::uint64_t index,
                       std::span<std::int64_t> cells) const;

 private:
  Population(std::uint64_t seed, Date today, Draft draft, Schema schema)
      : seed_(seed), today_(today), draft_(std::move(draft)), schema_(std::move(schema)) {}

  std::uint64_t seed_;
  Date today_;
  Draft draft_;
  Schema schema_;
};

}  // namespace muster::generate
