#pragma once

namespace muster {

/// Whether a budget covers costs in all; NaN is covered by nothing. Sums of decimals are off by
/// their last bits, so that 25 times 5.9 may be more than 147.5: a budget is kept to one part in
/// 10⁹.
inline bool covers(double budget, double costs) noexcept { return costs <= budget * (1 + 1e-9); }

}  // namespace muster
