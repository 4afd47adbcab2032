#include "rules/atoms.hpp"

#include <bit>
#include <limits>

#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

constexpr std::uint64_t mix = 0x9E3779B97F4A7C15;

std::uint64_t test_bits(TagId tag, Aspect aspect, Atoms::Test test, Wanted wanted,
                        std::int16_t rest) {
  return static_cast<std::uint64_t>(tag) << 32 |
         static_cast<std::uint64_t>(static_cast<std::uint16_t>(rest)) << 16 |
         static_cast<std::uint64_t>(aspect) << 8 | static_cast<std::uint64_t>(test) << 4 |
         static_cast<std::uint64_t>(wanted);
}

}  // namespace

std::size_t Atoms::Hash::operator()(const Key& key) const noexcept {
  std::uint64_t hash = (key.value ^ key.test * mix) * mix;
  hash ^= hash >> 32;
  return static_cast<std::size_t>(hash * mix ^ hash >> 29);
}

Atoms::Atoms(PredicatePool& pool) : pool_(pool), booleans_(pool.schema().size() * 4, unknown) {}

PredicateId Atoms::boolean(TagId tag, Wanted wanted) {
  std::uint32_t& id =
      booleans_[static_cast<std::size_t>(tag) * 4 + static_cast<std::size_t>(wanted)];
  if (id == unknown) {
    id = static_cast<std::uint32_t>(test(code_test(tag, CategoryCode{1}), wanted));
  }
  return PredicateId{id};
}

PredicateId Atoms::category(TagId tag, CategoryCode code, Wanted wanted) {
  const Key key{static_cast<std::uint64_t>(code),
                test_bits(tag, Aspect::value, Test::eq, wanted, 0)};
  const auto [at, added] = others_.try_emplace(key, unknown);
  if (added) at->second = static_cast<std::uint32_t>(test(code_test(tag, code), wanted));
  return PredicateId{at->second};
}

PredicateId Atoms::number(TagId tag, Aspect aspect, Test of, Number constant, Wanted wanted) {
  const Key key{std::bit_cast<std::uint64_t>(constant.to_double()),
                test_bits(tag, aspect, of, wanted, constant.rest())};
  const auto [at, added] = others_.try_emplace(key, unknown);
  if (added) {
    const Predicate yes = number_test(pool_.schema(), tag, aspect, of, constant);
    at->second = static_cast<std::uint32_t>(test(yes, wanted));
  }
  return PredicateId{at->second};
}

PredicateId Atoms::test(const Predicate& yes, const Predicate& no, Wanted wanted) {
  switch (wanted) {
    case Wanted::is_true:
      return pool_.intern(yes);
    case Wanted::is_false:
      return pool_.intern(no);
    case Wanted::not_true:
      return pool_.intern(negate(pool_.schema(), yes));
    case Wanted::not_false:
      break;
  }
  return pool_.intern(negate(pool_.schema(), no));
}

PredicateId Atoms::test(const Predicate& yes, Wanted wanted) {
  const bool positive = wanted == Wanted::is_true || wanted == Wanted::not_true;
  return test(yes, positive ? yes : known_others(pool_.schema(), yes), wanted);
}

PredicateId Atoms::null_test(TagId tag, bool null) {
  const Schema& schema = pool_.schema();
  const Predicate known = known_all(schema, tag);
  return pool_.intern(null ? negate(schema, known) : known);
}

Predicate number_test(const Schema& schema, TagId tag, Aspect aspect, Atoms::Test test,
                      Number constant) {
  const Cut lowest{Number(-std::numeric_limits<double>::infinity()), false};
  Predicate yes = known_none(tag, aspect);
  yes.cuts.push_back(test == Atoms::Test::eq ? Cut{constant, false} : lowest);
  yes.cuts.push_back({constant, test != Atoms::Test::lt});
  return canonical(schema, std::move(yes));
}

Predicate code_test(TagId tag, CategoryCode code) {
  Predicate yes = known_none(tag);
  yes.codes = {code};
  return yes;
}

Predicate known_others(const Schema& schema, const Predicate& yes) {
  Predicate no = negate(schema, yes);
  no.null = false;
  return no;
}

}  // namespace muster
