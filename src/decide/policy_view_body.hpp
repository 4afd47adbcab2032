#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "decide/prepared_catalogue.hpp"
#include "decide/tag_values.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {

/// How long the lists of a view are.
struct ViewSizes {
  std::size_t offers = 0;
  std::size_t channels = 0;   ///< of all offers
  std::size_t omissions = 0;  ///< at most
};

/// Lies in one block with all that it names: allocating each list costs more than filling it.
struct PolicyView::Body {
  explicit Body(std::shared_ptr<const Catalogue> its_catalogue)
      : catalogue(std::move(its_catalogue)) {}
  Body(const Body&) = delete;  // it is followed by what its lists point to

  /// Copies `user` and `values`; makes room for the lists, whose items are written by assignment.
  static std::shared_ptr<Body> make(const PreparedPointer& catalogue, std::string_view user,
                                    const TagValues& values, const ViewSizes& sizes);

  /// Of the prepared one, so that an engine sees who uses what it drops, and destroys it itself:
  /// that takes long.
  std::shared_ptr<const Catalogue> catalogue;
  std::string_view user;
  Moment at;
  std::uint64_t decision_id = 0;
  bool holdout = false;
  bool high_value = false;
  std::span<Offer> offers;
  std::span<RankedChannel> channels;  // of the offers, one after another
  std::span<Omission> omissions;
  TagValues script_values;  // of all tags that scripts of the offers name
};

}  // namespace muster
