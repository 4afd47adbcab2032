#pragma once

#include <string>
#include <vector>

#include "decide/tag_values.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {

struct PolicyView::Body {
  explicit Body(const Catalogue& its_catalogue) : catalogue(its_catalogue) {}
  Body(const Body&) = delete;  // offers point into `channels`

  Catalogue catalogue;
  std::string user;
  Moment at;
  std::uint64_t decision_id = 0;
  bool holdout = false;
  bool high_value = false;
  std::vector<Offer> offers;
  std::vector<RankedChannel> channels;  // of the offers, one after another
  std::vector<Omission> omissions;
  TagValues script_values;  // of all tags that scripts of the offers name
};

}  // namespace muster
