#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "muster/tags/schema.hpp"

/// The fields that schema<>() of struct_schema.hpp takes.
namespace muster {

/// A dictionary, for field().
struct Values {
  std::vector<std::string> names;
};
inline Values values(std::initializer_list<std::string_view> names) {
  return {{names.begin(), names.end()}};
}
inline Values values(std::vector<std::string> names) { return {std::move(names)}; }

/// A tag and where its value comes from. Made by field().
template <class Getter, bool HasValues>
class Field {
 public:
  Field(std::string name, Getter getter, Values dictionary) : getter_(std::move(getter)) {
    tag_.name = std::move(name);
    tag_.values = std::move(dictionary.names);
  }

  /// The value may be missing. Implied by std::optional.
  Field nullable() && { return tag_.nullable = true, std::move(*this); }
  Field kind(TagKind kind) && { return tag_.kind = kind, std::move(*this); }
  Field description(std::string text) && {
    tag_.description = std::move(text);
    return std::move(*this);
  }
  /// A category that is not in the dictionary is NULL, and the tag nullable for that; of a set
  /// it is left out. Without this, check() refuses it. Views count them either way.
  Field unknown_as_null() && {
    unknown_as_null_ = true;
    return std::move(*this);
  }

 private:
  template <class Struct>
  friend class StructBinder;
  Tag tag_;
  Getter getter_;
  bool unknown_as_null_ = false;
};

template <class Getter>
Field<Getter, false> field(std::string name, Getter getter) {
  return {std::move(name), std::move(getter), {}};
}
template <class Getter>
Field<Getter, true> field(std::string name, Getter getter, Values dictionary) {
  return {std::move(name), std::move(getter), std::move(dictionary)};
}

/// A tag worked out from number tags by a formula. Made by derived().
class DerivedField {
 public:
  DerivedField(std::string name, std::string formula) {
    tag_.name = std::move(name);
    tag_.type = TagType::number;
    tag_.derived = std::move(formula);
  }
  DerivedField kind(TagKind kind) && { return tag_.kind = kind, std::move(*this); }
  DerivedField description(std::string text) && {
    tag_.description = std::move(text);
    return std::move(*this);
  }

 private:
  template <class Struct>
  friend class StructBinder;
  Tag tag_;
};
inline DerivedField derived(std::string name, std::string formula) {
  return {std::move(name), std::move(formula)};
}

/// What identifies a user: a text or an integer. Made by key().
template <class Getter>
struct KeyField {
  std::string name;
  Getter getter;
};
template <class Getter>
KeyField<Getter> key(std::string name, Getter getter) {
  return {std::move(name), std::move(getter)};
}

}  // namespace muster
