#pragma once

#include <string>
#include <vector>

#include "judge/reference.hpp"
#include "muster/rules/check.hpp"

namespace muster::judge {

/// What is tried: rules over some users, each of whom may stand in a table many times.
struct Trial {
  Schema schema;
  std::vector<Row> rows;
  std::vector<std::pair<std::string, std::string>> segments;  // name and rule
  std::vector<std::string> rules;
  Date today = {};
};

/// The user whose values a row has. Throws std::logic_error where the schema has no such user.
User to_user(const Schema& schema, const Row& row);

/// What the reference evaluator says: the rows for whom a rule is TRUE, rule after rule.
std::vector<std::vector<bool>> verdicts(const Trial& trial);

}  // namespace muster::judge
