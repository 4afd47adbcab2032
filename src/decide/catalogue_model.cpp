// Fills the tables of the catalogue's own propensities.

#include "decide/catalogue_model.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "decide/score.hpp"

namespace muster {
namespace {

template <class Propensity>
bool fits(const Propensity& one, bool of_policy, bool of_channel) {
  return (one.policy != any_policy) == of_policy && (one.channel != any_channel) == of_channel;
}

}  // namespace

CatalogueModel::CatalogueModel(const Catalogue& catalogue)
    : catalogue_(catalogue),
      channels_(catalogue.channels().size()),
      entries_(1),  // for places without any
      terms_(1),
      row_of_(catalogue.policies().size(), 0) {
  add_rows();
}

CatalogueModel::Entry CatalogueModel::make_entry(const LogisticPropensity& logistic) {
  Entry entry{0, true, logistic.intercept, 0, static_cast<std::uint32_t>(coefficients_.size()), 0};
  std::vector<std::uint32_t> factors;
  for (const auto& term : logistic.terms) {
    factors.push_back(number_for(term));
    coefficients_.push_back(term.coefficient);
  }
  while (factors.size() % chunk_terms != 0) {
    factors.push_back(no_term);
    coefficients_.push_back(0);
  }
  entry.terms = static_cast<std::uint32_t>(factors.size());
  entry.factors = place_for(std::move(factors));
  return entry;
}

std::uint32_t CatalogueModel::place_for(std::vector<std::uint32_t> factors) {
  const auto next = static_cast<std::uint32_t>(factors_.size());
  const auto [found, is_new] = factor_places_.try_emplace(std::move(factors), next);
  if (is_new) factors_.insert(factors_.end(), found->first.begin(), found->first.end());
  return found->second;
}

std::uint32_t CatalogueModel::number_for(const LogisticPropensity::Term& term) {
  const auto next = static_cast<std::uint32_t>(terms_.size());
  const auto [found, is_new] = term_numbers_.try_emplace(
      {term.tag, term.category, std::bit_cast<std::uint64_t>(term.missing)}, next);
  if (is_new) terms_.push_back(make_propensity_term(catalogue_.schema(), term));
  return found->second;
}

// Weaker entries first, so that stronger ones replace them: those for everything, for a channel,
// for a policy, for a policy on a channel; of each kind constants, then logistic ones. Of equal
// ones the first stays.
void CatalogueModel::add_rows() {
  cells_.assign(channels_, 0);
  const auto& all = catalogue_.propensities();
  for (const bool of_policy : {false, true}) {
    for (const bool of_channel : {false, true}) {
      for (auto one = all.constants.rbegin(); one != all.constants.rend(); ++one) {
        if (!fits(*one, of_policy, of_channel)) continue;
        add(one->policy, one->channel, {.probability = as_probability(one->probability)});
      }
      for (auto one = all.logistic.rbegin(); one != all.logistic.rend(); ++one) {
        if (fits(*one, of_policy, of_channel)) add(one->policy, one->channel, make_entry(*one));
      }
    }
  }
}

void CatalogueModel::add(PolicyId policy, ChannelId channel, Entry entry) {
  const auto number = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back(entry);
  const std::size_t begin = row_for(policy) * channels_;  // first: a new row moves the cells
  const auto row = cells_.begin() + static_cast<std::ptrdiff_t>(begin);
  if (channel != any_channel) {
    row[channel] = number;
  } else {
    std::fill_n(row, channels_, number);
  }
}

// Entries for all policies come before any other, so that a new row begins with them.
std::size_t CatalogueModel::row_for(PolicyId policy) {
  if (policy == any_policy) return 0;
  if (row_of_[policy] == 0) {
    row_of_[policy] =
        static_cast<std::uint32_t>(cells_.size() / std::max<std::size_t>(channels_, 1));
    cells_.resize(cells_.size() + channels_);
    std::copy_n(cells_.begin(), channels_, cells_.end() - static_cast<std::ptrdiff_t>(channels_));
  }
  return row_of_[policy];
}

std::shared_ptr<const PropensityModel> make_catalogue_model(const Catalogue& catalogue) {
  return std::make_shared<const CatalogueModel>(catalogue);
}

}  // namespace muster
