#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/tags/user.hpp"

namespace muster {

/// A user's position in a table, from 0.
using UserIndex = std::uint64_t;

/// One tag's values for many users, borrowed from the caller. `valid` is a bitmap, least
/// significant bit first, 1 = known; null means all are known. Exactly one of the value
/// pointers is set, and it suits the tag's type (a set has `set_offsets` and `codes`). What lies
/// under a NULL is not looked at, but for set_offsets.
struct ColumnView {
  std::size_t size = 0;
  const std::uint8_t* valid = nullptr;
  const std::uint8_t* bool_bytes = nullptr;    ///< boolean: one byte each, 0 or 1
  const std::uint8_t* bool_bits = nullptr;     ///< boolean: a bitmap
  const double* doubles = nullptr;             ///< number; NaN counts as NULL
  const std::int16_t* rests = nullptr;         ///< may go with doubles: Number::rest()
  const std::int64_t* integers = nullptr;      ///< number
  const std::int32_t* days = nullptr;          ///< date: days since 1970-01-01
  const std::uint16_t* codes = nullptr;        ///< category: dictionary positions
  const std::uint32_t* set_offsets = nullptr;  ///< set: size + 1 offsets into `codes`
};

/// Values of many users, one column a tag, in memory or mapped from a saved file. Derived tags
/// are not stored; they are worked out where they are read. Reading is thread-safe; writing
/// needs the table to itself. A mapped table copies a column before it first writes to it.
class MUSTER_EXPORT UserTable {
 public:
  /// `limits` holds for what is appended later: max_users, max_cell_bytes for keys.
  explicit UserTable(Schema schema, const Limits& limits = {});
  UserTable(UserTable&&) noexcept;
  UserTable& operator=(UserTable&&) noexcept;
  ~UserTable();

  const Schema& schema() const noexcept;
  std::size_t size() const noexcept;

  /// Adds a user. O(tags). Fails with missing_value, wrong_type and unknown_category (cells that
  /// are not of their tags), bad_date, duplicate_key, limit (max_users, max_cell_bytes), bad_cell
  /// (a key that is not UTF-8) or invalid_argument (a key where the schema has no key column, a set
  /// whose codes do not ascend); the table is then unchanged. `key` is empty where the schema has
  /// no key column: the row number stands in.
  Result<UserIndex> append(std::string_view key, const UserView& user);

  /// Adds many users: one column for each tag that is not derived, in schema order, all of one
  /// size; `keys` likewise, empty where the schema has no key column. Values are copied, after
  /// they were checked; all or nothing. O(values). Fails as append() does, with invalid_argument
  /// also where the numbers of columns, keys or values differ from what they must be, and with
  /// bad_cell or bad_number for booleans and rests that are none. REQUIRES: the columns do not lie
  /// in this table.
  Result<void> append_columns(std::span<const std::string_view> keys,
                              std::span<const ColumnView> columns);

  /// Changes one tag of one user to what `values` has for it. Fails with unknown_user,
  /// unknown_tag, schema_mismatch, missing_value, or wrong_type for a derived tag. O(1), but
  /// O(users) where a set changes its size.
  Result<void> update(UserIndex user, const User& values, std::string_view tag);

  /// A user's key, or the row number from 1, written to `buffer`. O(1). REQUIRES: user < size().
  std::string_view key(UserIndex user, std::string& buffer) const;
  /// The user of that key, or of that row number where the schema has no key column. O(1).
  std::optional<UserIndex> find(std::string_view key) const;

  /// One user's values. The view borrows the table and follows its updates.
  class MUSTER_EXPORT Row final : public UserView {
   public:
    Row(const UserTable& table, UserIndex user) : table_(&table), user_(user) {}
    Cell cell(TagId tag) const override;
    std::uint64_t schema_fingerprint() const override { return table_->schema().fingerprint(); }

   private:
    friend class Encoder;
    const UserTable* table_;
    UserIndex user_;
  };
  /// REQUIRES: user < size().
  Row row(UserIndex user) const { return Row(*this, user); }

  /// A column's stored values without copying; valid until the table is next written to.
  /// Numbers come as doubles, with rests where one of them is beyond a double. Empty for a
  /// derived tag.
  ColumnView column(TagId tag) const;

  /// Writes the table as a file that `open` maps: versioned, checksummed, schema included.
  /// Written beside `file` and moved over it, so that a failure leaves the old one. One pass over
  /// the table. Fails with io.
  Result<void> save(const std::filesystem::path& file) const;
  /// Maps a saved table after checking it throughout; safe for files from strangers, as long as
  /// nobody writes to the file while it is mapped. Cost: one pass over the file. Fails with io,
  /// corrupt, unsupported_version and limit (max_saved_bytes, max_users).
  static Result<UserTable> open(const std::filesystem::path& file, const Limits& limits = {});

  /// Heap bytes; mapped bytes not included. O(tags).
  std::size_t memory_bytes() const noexcept;

 private:
  friend struct TableAccess;
  struct Body;
  explicit UserTable(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace muster
