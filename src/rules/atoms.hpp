#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <vector>

#include "muster/rules/formula.hpp"
#include "rules/wanted.hpp"

namespace muster {

/// The predicates that comparisons of a tag with one constant come to, remembered.
class Atoms {
 public:
  enum class Test : std::uint8_t { eq, lt, le };

  /// The pool is borrowed.
  explicit Atoms(PredicatePool& pool);

  /// REQUIRES: the tag's type suits, and the constant is in its dictionary.
  PredicateId boolean(TagId tag, Wanted wanted);
  PredicateId category(TagId tag, CategoryCode code, Wanted wanted);
  /// Numbers; dates as their day; the days until a date.
  PredicateId number(TagId tag, Aspect aspect, Test test, Number constant, Wanted wanted);

  /// The predicate for a test given as the known values for which it is TRUE and FALSE; for
  /// others it is NULL.
  PredicateId test(const Predicate& yes, const Predicate& no, Wanted wanted);
  /// The same for a test that is NULL for NULL only.
  PredicateId test(const Predicate& yes, Wanted wanted);
  PredicateId null_test(TagId tag, bool null);

 private:
  static constexpr std::uint32_t unknown = ~std::uint32_t{0};
  struct Key {
    std::uint64_t value;
    std::uint64_t test;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(const Key& key) const noexcept;
  };

  PredicatePool& pool_;
  std::vector<std::uint32_t> booleans_;  // per tag, one for each Wanted
  boost::unordered_flat_map<Key, std::uint32_t, Hash> others_;
};

/// Known values for which `test` with the constant is TRUE.
Predicate number_test(const Schema& schema, TagId tag, Aspect aspect, Atoms::Test test,
                      Number constant);
/// The same for a category or bool.
Predicate code_test(TagId tag, CategoryCode code);
/// Known values for which a test is FALSE, where it is FALSE for all others.
Predicate known_others(const Schema& schema, const Predicate& yes);

}  // namespace muster
