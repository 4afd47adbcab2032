// The catalogue's own propensities. Each policy that has entries of its own has a row of them, one
// for each channel; all others share the first row.

#include "muster/decide/propensity_model.hpp"

// Eigen's own checks would end the process.
#define EIGEN_NO_DEBUG
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <tuple>

#include "decide/propensity_term.hpp"
#include "decide/score.hpp"

namespace muster {
namespace {

/// A factor that fills a chunk up.
constexpr std::uint32_t no_term = ~std::uint32_t{0};

/// Terms that are multiplied at a time.
constexpr std::uint32_t lanes = 8;
using Chunk = Eigen::Array<double, static_cast<int>(lanes), 1>;

/// 1 / (1 + exp(−x)) without exp of large numbers; 0 for NaN.
double sigmoid(double x) noexcept {
  if (std::isnan(x)) return 0;
  const double small = std::exp(-std::abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

struct Entry {
  double probability = 0;  // where it is not logistic
  bool logistic = false;
  double intercept = 0;
  std::uint32_t factors = 0, coefficients = 0;  // where they begin
  std::uint32_t terms = 0;                      // whole chunks
};

/// Values of entries that neighbours share, for one user: constants too, as a branch on the kind of
/// an entry would often be foretold wrongly.
class Memo {
 public:
  template <class Work>
  double get(std::uint32_t entry, Work work) noexcept {
    Place& place = places_[entry % places_.size()];
    if (place.entry != entry) place = {entry, work()};
    return place.value;
  }

 private:
  struct Place {
    std::uint32_t entry = ~std::uint32_t{0};
    double value = 0;
  };
  std::array<Place, 16> places_;
};

/// Numbers that several entries multiply, for one user.
class Numbers {
 public:
  /// So many are gathered at a time.
  static constexpr std::uint32_t window = 64;

  Numbers(const Schema& schema, const UserView& user, const std::vector<PropensityTerm>& terms)
      : schema_(schema), user_(user), terms_(terms) {}

  /// The numbers of some factors. Entries mostly share all of theirs: of equal `factors`, those of
  /// the call before.
  const double* get(std::span<const std::uint32_t> factors) noexcept {
    if (factors.data() == gathered_of_) return gathered_.data();
    gathered_of_ = factors.data();
    for (std::size_t i = 0; i < factors.size(); ++i) gathered_[i] = get(factors[i]);
    return gathered_.data();
  }

 private:
  struct Place {
    std::uint32_t term = no_term;
    double value = 0;  // also of no term
  };
  double get(std::uint32_t term) noexcept {
    Place& place = places_[term % places_.size()];
    if (place.term != term) place = {term, term == no_term ? 0 : read(terms_[term])};
    return place.value;
  }
  double read(const PropensityTerm& term) const noexcept {
    return number_of(term.derived ? value_of(schema_, user_, term.tag) : user_.cell(term.tag),
                     term);
  }

  const Schema& schema_;
  const UserView& user_;
  const std::vector<PropensityTerm>& terms_;
  std::array<Place, 32> places_;
  const std::uint32_t* gathered_of_ = nullptr;
  std::array<double, window> gathered_;
};

class CatalogueModel final : public PropensityModel {
 public:
  explicit CatalogueModel(const Catalogue& catalogue)
      : catalogue_(catalogue),
        channels_(catalogue.channels().size()),
        row_of_(catalogue.policies().size(), 0) {
    entries_.push_back({});  // for places without any
    add_rows();
  }

  void estimate(const UserView& user, std::uint64_t, std::span<const Placement> places,
                std::span<double> out) const noexcept override {
    Memo memo;
    Numbers numbers(catalogue_.schema(), user, terms_);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::size_t row = row_of_[places[i].policy];
      const std::uint32_t number = cells_[row * channels_ + places[i].channel];
      out[i] = memo.get(number, [&] { return estimate(numbers, entries_[number]); });
    }
  }

 private:
  double estimate(Numbers& numbers, const Entry& entry) const noexcept {
    if (!entry.logistic) return entry.probability;
    double sum = entry.intercept;
    for (std::uint32_t first = 0; first < entry.terms; first += Numbers::window) {
      const std::uint32_t count = std::min(entry.terms - first, Numbers::window);
      const double* const values = numbers.get({&factors_[entry.factors + first], count});
      const double* const coefficients = &coefficients_[entry.coefficients + first];
      for (std::uint32_t i = 0; i < count; i += lanes) {
        sum +=
            (Eigen::Map<const Chunk>(values + i) * Eigen::Map<const Chunk>(coefficients + i)).sum();
      }
    }
    return sigmoid(sum);
  }

  Entry make_entry(const LogisticPropensity& logistic) {
    Entry entry{0, true, logistic.intercept, 0, static_cast<std::uint32_t>(coefficients_.size()),
                0};
    std::vector<std::uint32_t> factors;
    for (const auto& term : logistic.terms) {
      factors.push_back(number_for(term));
      coefficients_.push_back(term.coefficient);
    }
    while (factors.size() % lanes != 0) {
      factors.push_back(no_term);
      coefficients_.push_back(0);
    }
    entry.terms = static_cast<std::uint32_t>(factors.size());
    entry.factors = place_for(std::move(factors));
    return entry;
  }

  /// Equal lists of factors are one.
  std::uint32_t place_for(std::vector<std::uint32_t> factors) {
    const auto next = static_cast<std::uint32_t>(factors_.size());
    const auto [found, is_new] = factor_places_.try_emplace(std::move(factors), next);
    if (is_new) factors_.insert(factors_.end(), found->first.begin(), found->first.end());
    return found->second;
  }

  /// Terms that differ in their coefficients only are one.
  std::uint32_t number_for(const LogisticPropensity::Term& term) {
    const auto next = static_cast<std::uint32_t>(terms_.size());
    const auto [found, is_new] = term_numbers_.try_emplace(
        {term.tag, term.category, std::bit_cast<std::uint64_t>(term.missing)}, next);
    if (is_new) terms_.push_back(make_propensity_term(catalogue_.schema(), term));
    return found->second;
  }

  /// Weaker entries first, so that stronger ones replace them: those for everything, for a channel,
  /// for a policy, for a policy on a channel; of each kind constants, then logistic ones. Of equal
  /// ones the first stays.
  void add_rows() {
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

  template <class Propensity>
  static bool fits(const Propensity& one, bool of_policy, bool of_channel) {
    return (one.policy != any_policy) == of_policy && (one.channel != any_channel) == of_channel;
  }

  void add(PolicyId policy, ChannelId channel, Entry entry) {
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

  /// Entries for all policies come before any other, so that a new row begins with them.
  std::size_t row_for(PolicyId policy) {
    if (policy == any_policy) return 0;
    if (row_of_[policy] == 0) {
      row_of_[policy] =
          static_cast<std::uint32_t>(cells_.size() / std::max<std::size_t>(channels_, 1));
      cells_.resize(cells_.size() + channels_);
      std::copy_n(cells_.begin(), channels_, cells_.end() - static_cast<std::ptrdiff_t>(channels_));
    }
    return row_of_[policy];
  }

  Catalogue catalogue_;
  std::size_t channels_;
  std::vector<Entry> entries_;
  std::vector<PropensityTerm> terms_;
  std::map<std::tuple<TagId, CategoryCode, std::uint64_t>, std::uint32_t> term_numbers_;
  std::vector<std::uint32_t> factors_;  // terms of the entries, each list filled up to `lanes`
  std::map<std::vector<std::uint32_t>, std::uint32_t> factor_places_;
  std::vector<double> coefficients_;   // entry by entry, likewise
  std::vector<std::uint32_t> row_of_;  // of a policy
  std::vector<std::uint32_t> cells_;   // row by row, an entry for each channel
};

}  // namespace

std::shared_ptr<const PropensityModel> make_catalogue_model(const Catalogue& catalogue) {
  return std::make_shared<const CatalogueModel>(catalogue);
}

}  // namespace muster
