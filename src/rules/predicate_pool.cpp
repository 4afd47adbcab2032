#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>

#include "muster/rules/formula.hpp"

namespace muster {

struct PredicatePool::Body {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  explicit Body(Schema of) : schema(std::move(of)) {}

  Schema schema;
  std::deque<Predicate> predicates;  // deque: references stay valid while it grows
  boost::unordered_flat_map<std::size_t, std::uint32_t> first_of_hash;
  std::vector<std::uint32_t> next_of_hash;
};

PredicatePool::PredicatePool(Schema schema) : body_(std::make_unique<Body>(std::move(schema))) {}
PredicatePool::PredicatePool(const PredicatePool& other)
    : body_(std::make_unique<Body>(*other.body_)) {}
PredicatePool::PredicatePool(PredicatePool&&) noexcept = default;
PredicatePool& PredicatePool::operator=(PredicatePool&&) noexcept = default;
PredicatePool::~PredicatePool() = default;

PredicatePool& PredicatePool::operator=(const PredicatePool& other) {
  return *this = PredicatePool(other);
}

const Schema& PredicatePool::schema() const noexcept { return body_->schema; }
std::size_t PredicatePool::size() const noexcept { return body_->predicates.size(); }

const Predicate& PredicatePool::operator[](PredicateId id) const noexcept {
  return body_->predicates[static_cast<std::size_t>(id)];
}

PredicateId PredicatePool::intern(Predicate predicate) {
  Body& body = *body_;
  const auto id = static_cast<std::uint32_t>(body.predicates.size());
  const auto [at, added] = body.first_of_hash.try_emplace(hash_value(predicate), id);
  std::uint32_t same_hash = added ? Body::none : at->second;
  while (same_hash != Body::none) {
    if (body.predicates[same_hash] == predicate) return PredicateId{same_hash};
    same_hash = body.next_of_hash[same_hash];
  }
  body.next_of_hash.push_back(added ? Body::none : at->second);
  body.predicates.push_back(std::move(predicate));
  at->second = id;
  return PredicateId{id};
}

}  // namespace muster
