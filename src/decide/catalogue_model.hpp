#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "decide/propensity_term.hpp"
#include "muster/decide/propensity_model.hpp"

namespace muster {

/// The catalogue's own propensities. Each policy that has entries of its own has a row of them, one
/// for each channel; all others share the first row.
class CatalogueModel final : public PropensityModel {
 public:
  explicit CatalogueModel(const Catalogue& catalogue);

  void estimate(const UserView& user, std::uint64_t seed, std::span<const Placement> places,
                std::span<double> out) const override;

  /// What entries multiply of a user: O(terms that differ).
  std::vector<double> read(const UserView& user) const;
  /// The same as above of a user of whom this was read.
  void estimate(std::span<const double> numbers, std::span<const Placement> places,
                std::span<double> out) const noexcept;

 private:
  struct Entry {
    double probability = 0;  // where it is not logistic
    bool logistic = false;
    double intercept = 0;
    std::uint32_t factors = 0, coefficients = 0;  // where they begin
    std::uint32_t terms = 0;                      // whole chunks
  };

  template <class Numbers>
  void estimate_with(Numbers& numbers, std::span<const Placement> places,
                     std::span<double> out) const;
  template <class Numbers>
  double probability(Numbers& numbers, const Entry& entry) const;

  Entry make_entry(const LogisticPropensity& logistic);
  /// Equal lists of factors are one.
  std::uint32_t place_for(std::vector<std::uint32_t> factors);
  /// Terms that differ in their coefficients only are one.
  std::uint32_t number_for(const LogisticPropensity::Term& term);
  void add_rows();
  void add(PolicyId policy, ChannelId channel, Entry entry);
  std::size_t row_for(PolicyId policy);

  Catalogue catalogue_;
  std::size_t channels_;
  std::vector<Entry> entries_;
  std::vector<PropensityTerm> terms_;  // the first is none: it fills chunks up
  std::map<std::tuple<TagId, CategoryCode, std::uint64_t>, std::uint32_t> term_numbers_;
  std::vector<std::uint32_t> factors_;  // terms of the entries, each list filled up to a chunk
  std::map<std::vector<std::uint32_t>, std::uint32_t> factor_places_;
  std::vector<double> coefficients_;   // entry by entry, likewise
  std::vector<std::uint32_t> row_of_;  // of a policy
  std::vector<std::uint32_t> cells_;   // row by row, an entry for each channel
};

/// A factor that fills a chunk up, and how many are multiplied at a time.
inline constexpr std::uint32_t no_term = 0;
inline constexpr std::uint32_t chunk_terms = 8;

}  // namespace muster
