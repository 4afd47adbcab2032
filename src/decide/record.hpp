#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "decide/decision.hpp"

namespace muster {

/// A decision's inputs, as a record keeps them.
struct Recorded {
  /// A cell that owns its set's codes; NULL, flag, number, date, code or codes by `cell`.
  struct Value {
    Cell cell;
    std::vector<CategoryCode> codes;
  };

  std::string catalogue_version;
  std::uint64_t content_hash = 0;
  std::uint64_t schema = 0;  ///< its fingerprint
  std::string user;
  Moment now;
  std::uint64_t seed = 0;
  std::vector<Value> values;  ///< of all tags that are not derived, in the schema's order
  std::vector<Contact> contacts;
  std::vector<std::pair<std::string, Taken>> taken;  ///< by policy id, ascending
};

/// The bytes of a decision's inputs:
///
///     magic "MUSTDEC\0" | version | catalogue version | content hash | schema | user | moment |
///     seed | count, cells | count, contacts | count, taken | XXH3 of all before
///
/// Hashes and doubles take 8 bytes, little-endian; other numbers are varints (7 bits a byte, lowest
/// first; signed ones zigzag); texts have their length before them. A cell is its kind, then its
/// value. The checksum stands last in every version.
std::vector<std::byte> write_record(const PreparedCatalogue& catalogue, const DecisionInput& input,
                                    const WhatWasRead& read);

/// Trusts nothing. Fails with corrupt and unsupported_version.
Result<Recorded> read_record(std::span<const std::byte> bytes);

inline constexpr std::uint64_t record_version = 1;
inline constexpr unsigned record_answer = 0x40;  ///< beside a contact's scope, where it is one

/// A recorded user, for a schema that its values suit.
class RecordedUser final : public UserView {
 public:
  /// Fails with corrupt where the values are none of the schema's.
  static Result<RecordedUser> make(const Schema& schema, const Recorded& recorded);
  Cell cell(TagId tag) const override { return cells_[static_cast<std::size_t>(tag)]; }

 private:
  std::vector<Cell> cells_;  // sets borrow from Recorded
};

/// What a recorded decision read of the history.
class RecordedHistory final : public ContactHistory {
 public:
  explicit RecordedHistory(const Recorded& recorded) : recorded_(recorded) {}
  void contacts(std::string_view, See see, void* context) const noexcept override {
    see(context, recorded_.contacts);
  }
  Taken taken(std::string_view policy) const noexcept override;

 private:
  const Recorded& recorded_;
};

}  // namespace muster
