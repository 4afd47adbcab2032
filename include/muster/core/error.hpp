#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "muster/core/export.hpp"

namespace muster {

/// Why an input was refused. Stable: codes are never reused for another meaning.
enum class Errc : std::uint16_t {
  invalid_argument = 1,     ///< a call was wrong in itself: an unknown kernel, a bad size
  io = 2,                   ///< a file could not be read or written
  corrupt = 3,              ///< saved bytes are damaged: magic, checksum or structure
  unsupported_version = 4,  ///< saved by a newer version of the library
  limit = 5,                ///< a named limit (see limits.hpp) was exceeded
  cancelled = 6,            ///< the caller's CancelToken was set
  schema_mismatch = 7,      ///< made for another schema

  json_syntax = 20,       ///< not JSON (comments are allowed)
  json_type = 21,         ///< a JSON value of another type was expected
  json_unknown_key = 22,  ///< a key nobody reads; probably misspelt
  json_missing_key = 23,
  json_duplicate_key = 24,

  bad_tag = 40,         ///< a tag's declaration makes no sense
  duplicate_name = 41,  ///< two tags, categories, segments or policies of one name
  bad_derived = 42,     ///< a derived tag's formula is wrong
  derived_cycle = 43,   ///< derived tags that need each other

  bad_cell = 60,       ///< a value can not be read as its tag's type
  missing_value = 61,  ///< NULL for a tag that is not nullable
  unknown_column = 62,
  missing_column = 63,
  duplicate_key = 64,  ///< two users of one key
  csv_syntax = 65,

  syntax = 80,  ///< the text is not a rule
  unknown_tag = 81,
  unknown_category = 82,
  unknown_segment = 83,
  wrong_type = 84,  ///< this operator or literal does not suit the tag's type
  segment_cycle = 85,
  bad_date = 86,
  bad_number = 87,

  never_true = 100,   ///< warning: no user can match
  always_true = 101,  ///< warning: every user matches
  null_hazard = 102,  ///< warning: NOT or <> on a nullable tag skips unknown values

  unknown_user = 120,
  unknown_policy = 121,
  unknown_channel = 122,

  bad_setting = 140,         ///< a setting of a policy, channel or contact rule makes no sense
  script_syntax = 141,       ///< a brace without its partner
  unknown_time_zone = 142,   ///< the system's database has no such zone
  illegal_transition = 143,  ///< a policy's state can not follow from the one it had

  no_catalogue = 160,       ///< the engine has none yet, or none before the one that runs
  unknown_catalogue = 161,  ///< a decision was made from one that the engine does not hold

  // Of bindings only, where an exception can not travel.
  out_of_memory = 200,
  unexpected = 201,       ///< an exception that nobody foresaw: a defect
  callback_failed = 202,  ///< a function of the caller's said that it could not do its work

  unknown_task = 220,     ///< the ledger has no such task
  illegal_move = 221,     ///< a task's state can not follow from the one it has
  already_settled = 222,  ///< somebody else settled the exclusion group
  key_reused = 223,       ///< another write was done under this idempotency key
  used_up = 224,          ///< of a policy's quota or budget nothing is left
  channel_closed = 225,   ///< by its hours, or quiet hours
  ledger_busy = 226,      ///< other writers took longer than the caller's patience
  ledger_full = 227,      ///< no room is left where the ledger lies
  ledger_gone = 228,      ///< the database does not answer

  circuit_open = 260,  ///< the operator's CRM fails; no call goes to it for some time
  calls_full = 261,    ///< as many calls of a channel wait as may
  calls_busy = 262,    ///< a call can not start at once

  unknown_shop = 265,
  no_shop = 266,             ///< no shop may take a hand-off: closed, full or tried
  unknown_work_order = 267,  ///< the ledger has none of that id
  unknown_sheet = 268,       ///< likewise
  illegal_step = 269,        ///< a work order or sheet can not do this from its state

  link_malformed = 270,    ///< the text is no token
  link_unknown_key = 271,  ///< signed with a key that is not known, or no longer
  link_forged = 272,       ///< the signature is not that of this token
  link_expired = 273,
  link_used = 274,     ///< a link may be used once
  link_unknown = 275,  ///< signed well, but not given out by this ledger
};

/// The code's name as written in this header, e.g. "unknown_tag". Never empty.
MUSTER_EXPORT std::string_view name(Errc code) noexcept;

enum class Severity : std::uint8_t { error, warning };

/// Bytes [begin, end) of a source text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// One finding about a source text: what, where, and what was probably meant.
struct Diagnostic {
  Severity severity = Severity::error;
  Errc code = Errc::syntax;
  ByteRange range;
  std::string message;     ///< one sentence, lower case, no full stop
  std::string suggestion;  ///< the word that was probably meant; empty if none is close
};

/// `message` with the source line under it and a caret line under the offending bytes:
///
///     file:3:14: error: unknown tag 'plan_fe'; did you mean 'plan_fee'?
///       plan_fe = 96
///       ^~~~~~~
///
/// Columns count UTF-8 code points from 1; the caret line is aligned for characters that a
/// terminal shows two cells wide. `file` may be empty: then the position stands alone.
MUSTER_EXPORT std::string render(const Diagnostic& diagnostic, std::string_view source,
                                 std::string_view file = {});

/// Why a call failed. `message` is complete in itself; `diagnostics` holds every finding about
/// a source text where there was one (errors first seen first).
struct Error {
  Errc code = Errc::invalid_argument;
  std::string message;
  std::vector<Diagnostic> diagnostics;
};

/// What `Result::value()` throws when there is none. Nothing in the library calls it.
class Exception : public std::runtime_error {
 public:
  explicit Exception(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
  throw Exception(error);
}

/// A value or an Error; test with `if (result)`, read with `*result`, `result.error()`.
template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace muster
