#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <variant>

#include "muster/core/date.hpp"
#include "muster/rules/expr.hpp"

/// What a rule says of a user, worked out the slow and obvious way: from SQL's truth tables, over
/// the tree, with plain values. It knows nothing of schemas, predicates, formulas or bits, so that
/// everything that does can be judged by it.
namespace muster::judge {

enum class Truth { no, unknown, yes };

using Set = std::set<std::string>;
using Value = std::variant<std::monostate, Truth, std::int64_t, double, std::string, Date, Set>;

/// A user: a value for each tag. A tag that is not there is NULL.
using Row = std::map<std::string, Value>;
using Segments = std::map<std::string, Expr>;

/// Throws std::logic_error where the tree makes no sense: an unknown segment, text compared with
/// a number.
Truth evaluate(const Expr& rule, const Row& user, const Segments& segments = {}, Date today = {});

}  // namespace muster::judge
