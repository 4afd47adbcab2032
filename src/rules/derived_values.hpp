#pragma once

#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "muster/tags/predicate.hpp"

namespace muster {

/// A user with some numbers replaced.
class ReplacedUser final : public UserView {
 public:
  explicit ReplacedUser(const UserView& user) : user_(user) {}
  void replace(TagId tag, Cell cell);
  void restore(TagId tag);
  Cell cell(TagId tag) const override;

 private:
  const UserView& user_;
  std::vector<std::pair<TagId, Cell>> replaced_;
};

/// Looks for numbers to give to tags of a user so that predicates hold that are about these tags
/// and about tags derived from them. Near values are tried first, and values where a derived tag
/// comes to a bound of its predicate, found by halving intervals: a formula that is monotone in
/// one tag is solved, others mostly are. Finding nothing therefore proves nothing.
class DerivedValues {
 public:
  /// All are borrowed. `asked` holds one predicate for each tag asked, all of number tags;
  /// `steps` is lowered by the work done.
  DerivedValues(const Schema& schema, const UserView& user, const std::vector<Predicate>& asked,
                std::size_t& steps);

  /// Values for tags, none of them derived, of which those that are asked for themselves may all
  /// change, others as few as possible. Only what differs from the user's is listed.
  using Values = std::vector<std::pair<TagId, Cell>>;
  std::optional<Values> find(const std::vector<TagId>& tags);

 private:
  bool try_with(std::vector<TagId> tags, std::initializer_list<TagId> others);
  bool assign(std::size_t next);
  bool solve(TagId tag);
  bool all_hold();
  bool take(TagId tag, const Cell& cell);
  void make_round(TagId tag);
  const Predicate* asked_of(TagId tag) const;
  std::vector<double> own_candidates(TagId tag) const;
  void append_bounds(TagId tag, std::vector<double>& candidates);
  void append_bounds(TagId tag, const Predicate& asked, const std::vector<double>& grid,
                     std::vector<double>& candidates);
  double halve(TagId tag, TagId derived, double bound, double low, double high);
  double derived_at(TagId tag, double value, TagId derived);
  double now(TagId tag) const;
  bool spend(std::size_t steps);

  const Schema& schema_;
  const UserView& user_;
  const std::vector<Predicate>& asked_;
  std::size_t& steps_;
  ReplacedUser tried_;
  std::vector<TagId> order_;  // tags to give values to, the last one by solving
};

}  // namespace muster
