#include "generate/subscriber.hpp"

#include <algorithm>

#include "generate/market.hpp"
#include "generate/places.hpp"

namespace muster::generate {
namespace {

constexpr std::int64_t days_of_month = 30;

/// Nobody is drawn from the same stream, and neighbours' streams do not overlap.
Random stream(std::uint64_t seed, std::uint64_t index) {
  const std::uint64_t of_seed = Random(seed).next();
  return Random(Random(of_seed ^ (index * 0xD6E8FEB86659FD93u)).next());
}

std::int64_t score(std::int64_t value) { return clamp(value, 0, 1000); }

void settle_person(Subscriber& s) {
  Random& r = s.random;
  s.age = clamp(r.bell(39, 27), 12, 80);
  if (r.chance(80)) s.age = r.between(60, 88);
  s.student = s.age < 24 && r.chance(700);
  s.female = r.chance(485);
  s.city = places().draw(r);
  const int tier = places().cities[s.city].tier;
  s.rural = r.chance(60 + 70 * tier);
  s.wealth = score(r.bell(560 - 45 * tier - (s.student ? 150 : 0) - (s.rural ? 60 : 0), 620));
  s.tech = score(r.bell(720 - std::max<std::int64_t>(s.age - 28, 0) * 11 + s.wealth / 8, 480));
  s.social = score(r.bell(500, 600));
  s.discontent = r.skewed(1001);
}

void settle_tenure(Subscriber& s) {
  Random& r = s.random;
  const std::int64_t longest = clamp((s.age - 9) * 12, 6, 280);
  s.tenure_months = r.chance(90) ? r.between(0, 5) : r.skewed(longest) + r.below(6);
  s.competitor_sim = r.chance(180 + s.tech / 6 + s.discontent / 8);
}

bool suits(const Subscriber& s, const Plan& plan) {
  switch (plan.family) {
    case PlanFamily::campus:
      return s.student;
    case PlanFamily::senior:
      return s.age >= 58;
    case PlanFamily::rural:
      return s.rural;
    default:
      return !plan.withdrawn || s.tenure_months > 30;
  }
}

/// Of several plans that suit, the one whose fee is nearest to what the person would spend.
void settle_plan(Subscriber& s) {
  Random& r = s.random;
  const std::int64_t wealth = s.wealth * s.wealth / 1000;
  const std::int64_t appetite =
      clamp(r.bell(12 + wealth * wealth * 240 / 1'000'000 + s.wealth * 90 / 1000, 40), 8, 600);
  std::int64_t best = INT64_MAX;
  for (int candidate = 0, found = 0; candidate < 40 && found < 5; ++candidate) {
    const auto at = static_cast<std::size_t>(r.below(static_cast<std::int64_t>(plans().size())));
    const Plan& plan = plans()[at];
    if (!suits(s, plan)) continue;
    ++found;
    const std::int64_t wanted = s.tech > 450 && !plan.five_g ? 25 : 0;
    const std::int64_t distance = std::abs(plan.fee - appetite) + wanted;
    if (distance < best) best = distance, s.plan = at;
  }
  s.plan_months =
      std::min(s.tenure_months, plans()[s.plan].withdrawn ? 30 + r.below(60) : r.skewed(48));
}

void settle_handset(Subscriber& s) {
  Random& r = s.random;
  const auto& models = handsets().models;
  const std::int64_t budget =
      s.age > 66 && r.chance(350) ? 250 : 700 + s.wealth * (2'500 + s.wealth * 6) / 1000;
  s.handset_months = r.skewed(30 + (1000 - s.tech) / 16) + r.below(12);
  const std::int64_t year = 2025 - s.handset_months / 12;
  // Fans of the first brand look at nothing else.
  const std::int64_t offered = r.chance(50 + s.wealth / 5)
                                   ? handsets().first_brand_models
                                   : static_cast<std::int64_t>(models.size());
  std::int64_t best = INT64_MAX;
  for (int candidate = 0; candidate < 6; ++candidate) {
    const auto at = static_cast<std::size_t>(r.below(offered));
    const std::int64_t distance =
        std::abs(models[at].price - budget) + 400 * std::abs(models[at].year - year);
    if (distance < best) best = distance, s.handset = at;
  }
  s.handset_known = !r.chance(25);
  s.active_5g = models[s.handset].five_g && r.chance(plans()[s.plan].five_g ? 900 : 250);
}

void settle_contract(Subscriber& s) {
  Random& r = s.random;
  s.broadband = r.chance(plans()[s.plan].fee >= 79 ? 640 : 260) && !s.student;
  s.family = r.chance(plans()[s.plan].family == PlanFamily::family ? 950 : s.broadband ? 420 : 140);
  const std::int64_t bound = 220 + plans()[s.plan].fee * 2 + (s.broadband ? 180 : 0);
  if (s.tenure_months < 1 || !r.chance(bound)) return;
  s.contract = s.broadband && r.chance(550)             ? ContractKind::broadband
               : s.handset_months < 24 && r.chance(300) ? ContractKind::handset
                                                        : ContractKind::fee;
  s.contract_months = r.chance(300) ? 12 : r.chance(800) ? 24 : 36;
  const std::int64_t age = r.below(
      std::min(s.tenure_months * days_of_month, s.contract_months * days_of_month + 150) + 1);
  s.contract_start = s.today - age;
  s.contract_end = s.contract_start + s.contract_months * days_of_month;
}

void settle_usage(Subscriber& s) {
  Random& r = s.random;
  const Plan& plan = plans()[s.plan];
  s.silent_days = r.chance(60 + (s.competitor_sim ? 70 : 0)) ? r.between(8, 30) : r.skewed(8);
  const std::int64_t busy = 30 - s.silent_days;
  const std::int64_t wish = 100 + s.tech + (s.active_5g ? 400 : 0) + plan.data_gb * 42;
  s.data_3m = clamp(wish * r.bell(1000, 1000) / 1000, 0, 60'000) * busy / 30;
  const std::int64_t trend = r.chance(90) ? r.between(200, 700) : r.bell(1000, 400);
  s.data = clamp(s.data_3m * trend / 1000, 0, 80'000);
  s.minutes = clamp((plan.minutes / 2 + 40 + s.social / 4) * r.bell(1000, 900) / 1000, 0, 6'000) *
              busy / 30;
}

void settle_spend(Subscriber& s) {
  Random& r = s.random;
  const Plan& plan = plans()[s.plan];
  const std::int64_t over = s.data - plan.data_gb * 100;
  s.overage_fee = over > 0 ? std::min<std::int64_t>(over * 3, 6'000) : 0;
  s.value_added_fee = r.chance(300 + s.wealth / 4) ? 100 * r.between(1, 6) * r.between(1, 5) : 0;
  const std::int64_t base = plan.fee * (s.contract == ContractKind::none ? 100 : 88);
  s.arpu_12m = std::max<std::int64_t>(base + s.value_added_fee + r.bell(300, 900), 100);
  s.arpu_3m = std::max<std::int64_t>(s.arpu_12m + s.overage_fee / 2 + r.bell(0, 900), 100);
  s.bill = std::max<std::int64_t>(base + s.value_added_fee + s.overage_fee + r.bell(0, 300), 100);
}

void settle_mood(Subscriber& s) {
  Random& r = s.random;
  if (r.chance(s.discontent / 5)) s.complaints = 1 + r.skewed(5);
  s.app_days = clamp(r.bell(s.tech * 22 / 1000, 14), 0, 30);
  const std::int64_t left = s.contract_end - s.today;
  const bool free = s.contract == ContractKind::none || left < 60;
  const std::int64_t risk = 40 + s.discontent * 3 / 10 + s.silent_days * 12 + s.complaints * 90 +
                            (s.competitor_sim ? 90 : 0) + (free ? 110 : 0) +
                            (s.overage_fee > 1'500 ? 60 : 0) - (s.family ? 70 : 0) -
                            std::min<std::int64_t>(s.tenure_months, 120);
  s.churn_risk = score(r.bell(risk, 120));
  s.asked_to_port = r.chance(s.churn_risk > 550 ? 180 : s.churn_risk / 60);
}

void settle_life_cycle(Subscriber& s) {
  if (s.silent_days >= 25) {
    s.life_cycle = LifeCycle::silent;
  } else if (s.asked_to_port || s.churn_risk >= 620) {
    s.life_cycle = LifeCycle::at_risk;
  } else if (s.tenure_months < 6) {
    s.life_cycle = LifeCycle::joining;
  } else if (s.data < s.data_3m * 7 / 10 && s.bill <= s.arpu_12m) {
    s.life_cycle = LifeCycle::declining;
  } else {
    s.life_cycle = s.tenure_months < 24 ? LifeCycle::growing : LifeCycle::mature;
  }
}

}  // namespace

Subscriber draw_subscriber(std::uint64_t seed, std::uint64_t index, std::int64_t today) {
  Subscriber s{.random = stream(seed, index), .today = today};
  settle_person(s);
  settle_tenure(s);
  settle_plan(s);
  settle_handset(s);
  settle_contract(s);
  settle_usage(s);
  settle_spend(s);
  settle_mood(s);
  settle_life_cycle(s);
  return s;
}

}  // namespace muster::generate
