#include "rules/predicate_facts.hpp"

namespace muster {

void PredicateFacts::add(const PredicatePool& pool) {
  const Schema& schema = pool.schema();
  const Predicate& predicate = pool[PredicateId(facts_.size())];
  const TagType type = schema.tag(predicate.tag).type;
  facts_.push_back({predicate.tag, is_never(schema, predicate), is_always(schema, predicate),
                    type == TagType::category_set || type == TagType::date});
}

}  // namespace muster
