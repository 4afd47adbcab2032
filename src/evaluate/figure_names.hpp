#pragma once

#include <string>

#include "muster/policy/catalogue.hpp"

namespace muster {

/// What people call the policies and channels of a ledger: the catalogue's names where it has them.
class FigureNames {
 public:
  explicit FigureNames(const Catalogue* catalogue) : catalogue_(catalogue) {}

  std::string policy(const std::string& id) const {
    if (catalogue_ == nullptr) return id;
    const std::size_t at = catalogue_->find(id);
    return at == catalogue_->policies().size() ? id : catalogue_->policies()[at].name;
  }
  std::string channel(const std::string& id) const {
    const Channel* its = find(id);
    return its == nullptr || its->name.empty() ? id : its->name;
  }
  /// Contacts a day; 0: no limit, or none that is known.
  std::uint64_t capacity(const std::string& channel) const {
    const Channel* its = find(channel);
    return its == nullptr ? 0 : its->daily_capacity;
  }

 private:
  const Channel* find(const std::string& id) const {
    if (catalogue_ == nullptr) return nullptr;
    const std::size_t at = catalogue_->find_channel(id);
    return at == catalogue_->channels().size() ? nullptr : &catalogue_->channels()[at];
  }

  const Catalogue* catalogue_;
};

}  // namespace muster
