#pragma once

#include <cstddef>

#include "muster/policy/catalogue.hpp"
#include "muster/tags/user.hpp"

namespace muster {

/// A tag as logistic propensities read it.
struct PropensityTerm {
  TagId tag{};
  TagType type = TagType::number;
  bool derived = false;
  CategoryCode category{};
  std::size_t categories = 0;  // of the tag
  double missing = 0;
};

PropensityTerm make_propensity_term(const Schema& schema, const LogisticPropensity::Term& term);

/// What a term multiplies; what is no value of its tag counts as NULL.
double number_of(const Cell& cell, const PropensityTerm& term) noexcept;

}  // namespace muster
