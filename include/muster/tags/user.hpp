#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "muster/core/date.hpp"
#include "muster/core/error.hpp"
#include "muster/tags/number.hpp"
#include "muster/tags/schema.hpp"

namespace muster {

/// NULL, or a tag's value with categories as codes. A set's codes ascend and are borrowed from
/// the view that gave the cell, until its next call.
using Cell =
    std::variant<std::monostate, bool, Number, Date, CategoryCode, std::span<const CategoryCode>>;

inline bool is_null(const Cell& cell) { return cell.index() == 0; }

/// One user's values, wherever they lie: a User, a row of a UserTable, an embedder's struct.
/// A view is used by one thread at a time, and none of its functions may throw: who reads them
/// mostly can not pass an exception on.
class UserView {
 public:
  virtual ~UserView() = default;
  /// The value of a tag that is not derived. REQUIRES: a valid id; the cell's type is the tag's.
  virtual Cell cell(TagId tag) const = 0;
  /// For views that read all booleans together faster than one by one: writes each boolean tag's
  /// value to its position in `out`, 0, 1, or 2 for NULL, and returns true. Other positions are
  /// left alone or not, as the view likes. REQUIRES: out.size() is the schema's.
  virtual bool booleans(std::span<std::uint8_t> out) const {
    static_cast<void>(out);
    return false;
  }
  /// Schema::fingerprint() of the schema whose tags it has; 0: it is taken at its word.
  virtual std::uint64_t schema_fingerprint() const { return 0; }
};

/// The value of any tag of `schema`, derived ones worked out from the others: O(formula).
MUSTER_EXPORT Cell value_of(const Schema& schema, const UserView& user, TagId tag);

/// The error for a text that is not in a tag's dictionary, with "did you mean".
MUSTER_EXPORT Error unknown_category(const Tag& tag, std::string_view value);

/// The error for NULL where a tag is not nullable.
MUSTER_EXPORT Error missing_value(const Tag& tag);

/// One user's values by name, checked as they are set; unset tags are NULL. Reading is thread-safe,
/// writing needs the user to itself.
class MUSTER_EXPORT User final : public UserView {
 public:
  /// What becomes of a value that its tag can not have: one of another type, a category that is not
  /// in the dictionary (one is enough in a set), a day outside the calendar.
  enum class OnUnusable : std::uint8_t {
    refuse,  ///< it is an error
    as_null  ///< a nullable tag becomes NULL, and the value is counted; others refuse it
  };

  explicit User(Schema schema, OnUnusable on_unusable = OnUnusable::refuse);

  /// Fails with unknown_tag, wrong_type, unknown_category or missing_value (NULL for a tag that
  /// is not nullable) or bad_date, naming the tag; the user is then unchanged. NaN counts as
  /// NULL. Derived tags can not be set. A name that is no tag's, or a derived tag's, is an error
  /// whatever OnUnusable says: it is the program that is wrong, not the user's data.
  template <std::same_as<bool> Bool>  // a template, for braces around one text to be a set
  Result<void> set(std::string_view tag, Bool value) {
    return set_boolean(tag, value);
  }
  Result<void> set(std::string_view tag, double value);
  Result<void> set(std::string_view tag, std::int64_t value);
  Result<void> set(std::string_view tag, int value) { return set(tag, std::int64_t{value}); }
  Result<void> set(std::string_view tag, Date value);
  /// A category; for a date tag also "YYYY-MM-DD".
  Result<void> set(std::string_view tag, std::string_view value);
  template <std::same_as<char> Char>
  Result<void> set(std::string_view tag, const Char* value) {
    return set(tag, std::string_view(value));
  }
  Result<void> set(std::string_view tag, std::span<const std::string_view> categories);
  Result<void> set(std::string_view tag, std::initializer_list<std::string_view> categories) {
    return set(tag, std::span<const std::string_view>(categories.begin(), categories.size()));
  }
  Result<void> set_null(std::string_view tag);
  /// For a value that none of the above takes: NULL and counted, or refused with `why`.
  Result<void> set_unusable(std::string_view tag, Error why);
  /// Makes all tags NULL; the counters below go on.
  void clear() noexcept;

  /// Values that became NULL because they could not be used, since the user was made; of one tag,
  /// or of all: O(tags).
  std::uint64_t unusable(TagId tag) const noexcept;
  std::uint64_t unusable() const noexcept;

  const Schema& schema() const noexcept { return schema_; }
  Cell cell(TagId tag) const override;
  std::uint64_t schema_fingerprint() const override { return schema_.fingerprint(); }

 private:
  Result<void> set_boolean(std::string_view tag, bool value);
  Result<void> set_day(std::string_view tag, std::string_view value);
  using Stored =
      std::variant<std::monostate, bool, Number, Date, CategoryCode, std::vector<CategoryCode>>;
  Result<TagId> writable(std::string_view tag) const;
  template <class Read, class Explain>
  Result<void> store(std::string_view tag, TagType given, Read read, Explain explain);
  Result<void> store(std::string_view tag, TagType given, Stored value);
  Result<void> put(TagId tag, Stored value);
  bool excuse(TagId tag) noexcept;

  Schema schema_;
  std::vector<Stored> cells_;
  std::vector<std::uint64_t> unusable_;  // by tag; empty where it is refused
};

}  // namespace muster
