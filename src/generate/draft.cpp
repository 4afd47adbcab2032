#include "generate/draft.hpp"

namespace muster::generate {

DraftTag& Draft::add(const char* name, TagType type, const char* description, Draw draw,
                     int unknown_permille) {
  DraftTag& draft = tags_.emplace_back();
  draft.tag.name = name;
  draft.tag.type = type;
  draft.tag.nullable = unknown_permille != 0;
  draft.tag.kind = kind_;
  draft.tag.description = description;
  draft.draw = draw;
  draft.unknown_permille = unknown_permille;
  return draft;
}

void Draft::trait(const Trait& trait) {
  add(trait.name, TagType::boolean, trait.description, nullptr, 0).trait = &trait;
}

void Draft::derived(const char* name, const char* formula, const char* description) {
  add(name, TagType::number, description, nullptr, sometimes).tag.derived = formula;
}

}  // namespace muster::generate
