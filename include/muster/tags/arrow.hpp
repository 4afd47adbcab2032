#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "muster/core/progress.hpp"
#include "muster/tags/arrow_abi.h"
#include "muster/tags/user_table.hpp"

namespace muster {

struct ArrowBatch;

/// Users in the memory of an Arrow producer: pyarrow, pandas, polars, DuckDB, anything that speaks
/// the Arrow C data interface. Columns are borrowed where the layout allows (booleans, doubles,
/// 64-bit integers, days), converted once where it does not. Immutable, thread-safe; copies share
/// one body, and the last of them releases the producer's arrays.
///
/// Columns are found by tag name; those that no tag is named after are ignored. What a tag reads:
///
///   bool      boolean; integers that are 0 or 1, as in CSV
///   category  utf8, large utf8, utf8 view, a dictionary of them (indices of any integer type;
///             each batch may bring its own dictionary)
///   set       list, large list, fixed size list, list view, large list view, of what a category
///             reads; members in any order, repeated or not; NULL members are refused
///   number    integers, floats and decimals of any width; NaN is NULL. Integers count
///             exactly: one of uint64 that neither 64 signed bits nor a double hold is refused;
///             decimals that are no 64-bit signed integer are rounded to the nearest double
///   date      date32, date64, timestamps of any unit: the day the moment lies in by UTC, whatever
///             the zone says (a timestamp without zone: the day it shows)
///   key       the texts a category reads; integers, written in decimal
///
/// and the null type, for tags that are nullable.
class MUSTER_EXPORT ArrowUsers {
 public:
  /// Reads record batches (arrays of struct type) up to the end of the stream. Takes the stream
  /// over: its release is null afterwards, and was or will be called once, however the call ends.
  /// Batches are pulled by the caller's thread, then converted on `run.threads`; progress counts
  /// columns of batches. O(values).
  ///
  /// Fails, naming the column, the row (from 1, over all batches) where there is one, and what was
  /// expected, with missing_column (a tag that is neither nullable nor derived, or the key),
  /// duplicate_name (two columns of one name that is read), wrong_type, missing_value,
  /// unknown_category, bad_cell (a key that is not UTF-8, too), bad_number, bad_date; with
  /// corrupt where what came contradicts itself, was released, or lies at an address that its
  /// values can not be read from (the interface does not tell the size of buffers, so that is as
  /// far as it goes: a producer must be trusted); with io and the producer's words where the
  /// producer fails; with limit (max_users) and cancelled.
  static Result<ArrowUsers> from_stream(const Schema& schema, ArrowArrayStream& stream,
                                        const RunOptions& run = {}, const Limits& limits = {});
  /// The same for one record batch; takes type and array over.
  static Result<ArrowUsers> from_array(const Schema& schema, ArrowSchema& type, ArrowArray& array,
                                       const RunOptions& run = {}, const Limits& limits = {});

  const Schema& schema() const noexcept;
  std::size_t size() const noexcept;
  /// Columns that no tag is named after, in their order.
  std::span<const std::string> ignored_columns() const noexcept;

  /// A user's key, or the row number from 1 where the schema has no key column; borrowed from the
  /// users or written to `buffer`. Keys are not checked against each other. O(log batches).
  /// REQUIRES: user < size().
  std::string_view key(UserIndex user, std::string& buffer) const;
  /// The first user of that key, or that of the row number. O(users) where there are keys.
  std::optional<UserIndex> find(std::string_view key) const;

  /// One user's values. The view borrows the users.
  class MUSTER_EXPORT Row final : public UserView {
   public:
    Row(const ArrowUsers& users, UserIndex user);
    Cell cell(TagId tag) const override;
    std::uint64_t schema_fingerprint() const override { return schema_; }

   private:
    friend class ArrowReader;
    Row(const ArrowBatch& batch, std::size_t at) : batch_(&batch), at_(at) {}
    const ArrowBatch* batch_;
    std::size_t at_;  // in the batch
    std::uint64_t schema_ = 0;
  };
  /// O(log batches). REQUIRES: user < size().
  Row row(UserIndex user) const { return Row(*this, user); }

  /// A copy that needs the producer's memory no more. O(values). Fails with duplicate_key,
  /// bad_cell (a key that is not UTF-8), limit and cancelled; `cancel` may be null.
  Result<UserTable> to_table(const Limits& limits = {}, const CancelToken* cancel = nullptr) const;

  /// Heap bytes of its own; the producer's are not included.
  std::size_t memory_bytes() const noexcept;

 private:
  friend struct ArrowAccess;
  struct Body;
  explicit ArrowUsers(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace muster
