#include "judge/trial.hpp"

#include <stdexcept>

namespace muster::judge {
namespace {

/// Sets one tag of a user.
struct SetTag {
  User& user;
  const std::string& tag;

  Result<void> operator()(std::monostate) const { return user.set_null(tag); }
  Result<void> operator()(Truth value) const { return user.set(tag, value == Truth::yes); }
  Result<void> operator()(const std::string& value) const {
    return user.set(tag, std::string_view(value));
  }
  Result<void> operator()(const Set& value) const {
    const std::vector<std::string_view> items(value.begin(), value.end());
    return user.set(tag, std::span<const std::string_view>(items));
  }
  template <class Plain>
  Result<void> operator()(Plain value) const {
    return user.set(tag, value);
  }
};

}  // namespace

User to_user(const Schema& schema, const Row& row) {
  User user(schema);
  for (const auto& [tag, value] : row) {
    const Result<void> set = std::visit(SetTag{user, tag}, value);
    if (!set) throw std::logic_error(set.error().message);
  }
  return user;
}

std::vector<std::vector<bool>> verdicts(const Trial& trial) {
  Segments segments;
  for (const auto& [name, rule] : trial.segments) segments[name] = *parse(rule);
  std::vector<std::vector<bool>> all;
  for (const std::string& rule : trial.rules) {
    const Expr expr = *parse(rule);
    std::vector<bool>& said = all.emplace_back();
    for (const Row& row : trial.rows) {
      said.push_back(evaluate(expr, row, segments, trial.today) == Truth::yes);
    }
  }
  return all;
}

}  // namespace muster::judge
