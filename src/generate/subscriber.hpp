#pragma once

#include <cstddef>
#include <cstdint>

#include "generate/random.hpp"

namespace muster::generate {

/// What a tag's draw gives where the operator's records would have nothing.
constexpr std::int64_t unknown = INT64_MIN;

enum class LifeCycle : std::uint8_t { joining, growing, mature, declining, at_risk, silent };
enum class ContractKind : std::uint8_t { none, fee, handset, broadband };

/// One subscriber's facts that tags depend on together. Scores run from 0 to 1000, money is in
/// fen (1/100 yuan), traffic in 1/100 GB, days count from 1970-01-01.
struct Subscriber {
  Random random;
  std::int64_t today;

  // Person.
  std::int64_t age = 0;
  bool female = false;
  std::int64_t wealth = 0;
  std::int64_t tech = 0;
  std::int64_t social = 0;
  std::int64_t discontent = 0;
  std::size_t city = 0;
  bool student = false;
  bool rural = false;

  // What they have with us.
  std::int64_t tenure_months = 0;
  std::size_t plan = 0;
  std::int64_t plan_months = 0;
  std::size_t handset = 0;
  bool handset_known = true;
  std::int64_t handset_months = 0;
  ContractKind contract = ContractKind::none;
  std::int64_t contract_months = 0;
  std::int64_t contract_start = 0;
  std::int64_t contract_end = 0;
  bool broadband = false;
  bool family = false;
  bool active_5g = false;
  bool competitor_sim = false;

  // What they do with it.
  std::int64_t data = 0;     ///< last month
  std::int64_t data_3m = 0;  ///< a month, over three
  std::int64_t minutes = 0;
  std::int64_t silent_days = 0;  ///< of the last 30
  std::int64_t overage_fee = 0;
  std::int64_t value_added_fee = 0;
  std::int64_t bill = 0;  ///< last month
  std::int64_t arpu_3m = 0;
  std::int64_t arpu_12m = 0;

  // How it goes.
  std::int64_t complaints = 0;  ///< of the last 90 days
  bool asked_to_port = false;
  std::int64_t churn_risk = 0;
  std::int64_t app_days = 0;  ///< of the last 30
  LifeCycle life_cycle = LifeCycle::mature;
};

/// Draws the facts of subscriber `index` of the population of `seed`. Any index can be drawn
/// without those before it.
Subscriber draw_subscriber(std::uint64_t seed, std::uint64_t index, std::int64_t today);

}  // namespace muster::generate
