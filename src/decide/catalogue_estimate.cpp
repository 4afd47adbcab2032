// Estimates by the catalogue's own propensities.

// Eigen's own checks would end the process.
#define EIGEN_NO_DEBUG
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "decide/catalogue_model.hpp"

namespace muster {
namespace {

using Chunk = Eigen::Array<double, static_cast<int>(chunk_terms), 1>;

/// 1 / (1 + exp(−x)) without exp of large numbers; 0 for NaN.
double sigmoid(double x) noexcept {
  if (std::isnan(x)) return 0;
  const double small = std::exp(-std::abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

/// Values of entries that neighbours share, for one user: constants too, as a branch on the kind of
/// an entry would often be foretold wrongly.
class Memo {
 public:
  template <class Work>
  double get(std::uint32_t entry, Work work) {
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

/// What a term multiplies of a user.
double read_number(const Schema& schema, const UserView& user, const PropensityTerm& term) {
  return number_of(term.derived ? value_of(schema, user, term.tag) : user.cell(term.tag), term);
}

/// Numbers of a user that are read as they are needed, and that several entries multiply.
class NumbersOfUser {
 public:
  NumbersOfUser(const Schema& schema, const UserView& user,
                const std::vector<PropensityTerm>& terms)
      : schema_(schema), user_(user), terms_(terms) {}

  double operator[](std::uint32_t term) {
    Place& place = places_[term % places_.size()];
    if (place.term != term) {
      place = {term, term == no_term ? 0 : read_number(schema_, user_, terms_[term])};
    }
    return place.value;
  }

 private:
  struct Place {
    std::uint32_t term = no_term;
    double value = 0;  // also of no term
  };
  const Schema& schema_;
  const UserView& user_;
  const std::vector<PropensityTerm>& terms_;
  std::array<Place, 32> places_;
};

/// Factors of entries, side by side.
template <class Numbers>
class Gathered {
 public:
  /// So many are gathered at a time.
  static constexpr std::uint32_t window = 64;

  explicit Gathered(Numbers numbers) : numbers_(numbers) {}

  /// Entries mostly share all of theirs: of equal `factors`, those of the call before.
  const double* get(std::span<const std::uint32_t> factors) {
    if (factors.data() == of_) return values_.data();
    of_ = factors.data();
    for (std::size_t i = 0; i < factors.size(); ++i) values_[i] = numbers_[factors[i]];
    return values_.data();
  }

 private:
  Numbers numbers_;
  const std::uint32_t* of_ = nullptr;
  std::array<double, window> values_;
};

}  // namespace

template <class Numbers>
double CatalogueModel::probability(Numbers& numbers, const Entry& entry) const {
  if (!entry.logistic) return entry.probability;
  double sum = entry.intercept;
  for (std::uint32_t first = 0; first < entry.terms; first += Numbers::window) {
    const std::uint32_t count = std::min(entry.terms - first, Numbers::window);
    const double* const values = numbers.get({&factors_[entry.factors + first], count});
    const double* const coefficients = &coefficients_[entry.coefficients + first];
    for (std::uint32_t i = 0; i < count; i += chunk_terms) {
      sum +=
          (Eigen::Map<const Chunk>(values + i) * Eigen::Map<const Chunk>(coefficients + i)).sum();
    }
  }
  return sigmoid(sum);
}

template <class Numbers>
void CatalogueModel::estimate_with(Numbers& numbers, std::span<const Placement> places,
                                   std::span<double> out) const {
  Memo memo;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t row = row_of_[places[i].policy];
    const std::uint32_t number = cells_[row * channels_ + places[i].channel];
    out[i] = memo.get(number, [&] { return probability(numbers, entries_[number]); });
  }
}

void CatalogueModel::estimate(const UserView& user, std::uint64_t,
                              std::span<const Placement> places, std::span<double> out) const {
  Gathered numbers(NumbersOfUser(catalogue_.schema(), user, terms_));
  estimate_with(numbers, places, out);
}

std::vector<double> CatalogueModel::read(const UserView& user) const {
  std::vector<double> out(terms_.size());
  for (std::size_t i = no_term + 1; i < out.size(); ++i) {
    out[i] = read_number(catalogue_.schema(), user, terms_[i]);
  }
  return out;
}

void CatalogueModel::estimate(std::span<const double> numbers, std::span<const Placement> places,
                              std::span<double> out) const noexcept {
  Gathered gathered(numbers);
  estimate_with(gathered, places, out);
}

}  // namespace muster
