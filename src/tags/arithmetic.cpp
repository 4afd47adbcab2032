#include "tags/arithmetic.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cmath>

namespace muster {
namespace {

double known_or_null(double value) { return std::isfinite(value) ? value : Arithmetic::null; }

template <std::size_t Lanes, class Operation>
void apply(double* left, const double* right, std::size_t count, Operation operation) {
  if constexpr (Lanes == 1) {
    *left = known_or_null(operation(*left, *right));
  } else {
    for (std::size_t i = 0; i < count; ++i) left[i] = known_or_null(operation(left[i], right[i]));
  }
}

}  // namespace

// The stack is `stack_size_` rows of `Lanes` users.
template <std::size_t Lanes>
void Arithmetic::run(const double* const* columns, std::size_t first, std::size_t count,
                     double* stack, double* out) const {
  double* top = stack - Lanes;
  for (const Step& step : steps_) {
    double* const left = top - Lanes;
    switch (step.op) {
      case Op::constant:
        std::fill_n(top += Lanes, count, step.constant);
        continue;
      case Op::input:
        std::transform(columns[step.input] + first, columns[step.input] + first + count,
                       top += Lanes, known_or_null);
        continue;
      case Op::negate:
        std::transform(top, top + count, top, std::negate<>());
        continue;
      case Op::add:
        apply<Lanes>(left, top, count, std::plus<>());
        break;
      case Op::subtract:
        apply<Lanes>(left, top, count, std::minus<>());
        break;
      case Op::multiply:
        apply<Lanes>(left, top, count, std::multiplies<>());
        break;
      case Op::divide:
        // x / 0 is infinite or NaN, hence NULL.
        apply<Lanes>(left, top, count, std::divides<>());
        break;
    }
    top = left;
  }
  std::copy_n(top, count, out);
}

double Arithmetic::evaluate(std::span<const double> values) const {
  boost::container::small_vector<double, 32> stack(stack_size_);
  boost::container::small_vector<const double*, 16> columns(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) columns[i] = &values[i];
  double result = null;
  run<1>(columns.data(), 0, 1, stack.data(), &result);
  return result;
}

void Arithmetic::evaluate(std::span<const double* const> columns, std::size_t users,
                          double* out) const {
  constexpr std::size_t lanes = 256;
  std::vector<double> stack(stack_size_ * lanes);
  for (std::size_t first = 0; first < users; first += lanes) {
    const std::size_t count = std::min(lanes, users - first);
    run<lanes>(columns.data(), first, count, stack.data(), out + first);
  }
}

}  // namespace muster
