#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "muster/tags/user.hpp"

namespace muster {

/// What of a tag a predicate looks at: its value, or (dates) the days from today until it,
/// negative once it is past.
enum class Aspect : std::uint8_t { value, days_until };

/// A place on the number line: just before `at`, or just after it.
struct Cut {
  Number at;
  bool after = false;
  friend auto operator<=>(const Cut&, const Cut&) = default;
};

/// A yes-or-no question about one tag, two-valued: the set of values for which the answer is
/// yes, and whether NULL is among them. SQL's three-valued logic is already spent when a rule
/// becomes predicates: `NOT (plan_fee = 96)` is "known and not 96".
///
/// Value sets are canonical, so equal questions compare equal:
///  - bool and category: ascending codes (false is 0, true is 1);
///  - number and date: ascending cuts where membership flips, starting outside; `[30, 60)` is
///    {before 30, before 60}, `>= 30` is {before 30}, all known values are {before the lowest}.
///    Between neighbouring numbers lies one place, named after the even one (0, infinities and
///    integers of everyday size are even: `= 96` is {before 96, after 96}). A date counts as its
///    number of days, whole: `> 5` is {before 6};
///  - set: "shares at least one of `codes`" or, where `none_of`, "shares none of them".
struct Predicate {
  TagId tag{};
  Aspect aspect = Aspect::value;
  bool null = false;     ///< yes for NULL
  bool none_of = false;  ///< sets only
  std::vector<CategoryCode> codes;
  std::vector<Cut> cuts;

  friend bool operator==(const Predicate&, const Predicate&) = default;
};

/// Equal for equal predicates; not the same from version to version. This and all below are
/// thread-safe, and O(size of the predicates).
MUSTER_EXPORT std::size_t hash_value(const Predicate& predicate) noexcept;

/// Whether the answer is yes for this cell of the predicate's tag. `today` matters for
/// days_until only.
MUSTER_EXPORT bool holds(const Predicate& predicate, const Cell& cell, Date today);

/// The opposite question: yes exactly where `predicate` says no (NULL included).
MUSTER_EXPORT Predicate negate(const Schema& schema, const Predicate& predicate);

/// One predicate for "both" or "either", where one exists: same tag and aspect, and for sets
/// only where the quantifiers allow it.
MUSTER_EXPORT std::optional<Predicate> both(const Schema& schema, const Predicate& a,
                                            const Predicate& b);
MUSTER_EXPORT std::optional<Predicate> either(const Schema& schema, const Predicate& a,
                                              const Predicate& b);

/// No cell, respectively every cell that the tag can have, answers yes.
MUSTER_EXPORT bool is_never(const Schema& schema, const Predicate& predicate);
MUSTER_EXPORT bool is_always(const Schema& schema, const Predicate& predicate);

/// The predicate as rule text that means the same, e.g. "plan_fee >= 30 AND plan_fee < 60".
MUSTER_EXPORT std::string to_rule_text(const Schema& schema, const Predicate& predicate);

}  // namespace muster
