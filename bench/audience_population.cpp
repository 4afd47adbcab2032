#include "audience_population.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "rule_sets.hpp"
#include "timing.hpp"

namespace muster::bench {
namespace {

/// Appends some users, as columns of bytes and doubles.
void append(UserTable& table, std::span<const WorkloadUser> users) {
  std::vector<std::vector<std::uint8_t>> flags(workload_flags);
  std::vector<std::vector<double>> numbers(workload_numbers);
  std::vector<ColumnView> views;
  for (std::size_t k = 0; k < workload_flags; ++k) {
    for (const WorkloadUser& user : users) flags[k].push_back(user.flags[k] ? 1 : 0);
    views.push_back({.size = users.size(), .bool_bytes = flags[k].data()});
  }
  for (std::size_t k = 0; k < workload_numbers; ++k) {
    for (const WorkloadUser& user : users) numbers[k].push_back(user.numbers[k]);
    views.push_back({.size = users.size(), .doubles = numbers[k].data()});
  }
  table.append_columns({}, views).value();
}

/// The naive loop, user by user.
Audience::Pairs run_naive(const RuleSource& rules, const std::vector<WorkloadUser>& users) {
  Audience::Pairs pairs;
  pairs.first.reserve(users.size() + 1);
  pairs.first.push_back(0);
  for (const WorkloadUser& user : users) {
    for (std::size_t rule = 0; rule < rules.own.size(); ++rule) {
      if (rules.holds(rule, user)) pairs.rules.push_back(static_cast<RuleId>(rule));
    }
    pairs.first.push_back(pairs.rules.size());
  }
  return pairs;
}

template <class Fn>
void for_each_user(const Audience::Pairs& pairs, Fn&& fn) {
  for (std::size_t user = 0; user + 1 < pairs.first.size(); ++user) {
    fn(user, std::span(pairs.rules.data() + pairs.first[user],
                       pairs.rules.data() + pairs.first[user + 1]));
  }
}

}  // namespace

UserTable user_table(const std::vector<WorkloadUser>& users) {
  constexpr std::size_t some = 1 << 16;
  UserTable table(workload_schema());
  for (std::size_t first = 0; first < users.size(); first += some) {
    append(table, std::span(users).subspan(first, std::min(some, users.size() - first)));
  }
  return table;
}

AudienceSetup::AudienceSetup(const std::string& workload, std::size_t rule_count,
                             std::size_t user_count)
    : rules(rule_count) {
  const RuleSource source = rule_source(workload, rule_count);
  const RuleSet compiled = compile(source);
  saved = compiled.save();
  const std::vector<WorkloadUser> people = workload_users(user_count);
  users = compiled.encoder().encode(user_table(people), Date{}).value();
  const double begin = now_ns();
  expected = run_naive(source, people);
  naive_ns = now_ns() - begin;
}

Audience AudienceSetup::audience(const std::string& kernel) const {
  return Audience(RuleSet::load(saved, {.kernel = kernel}).value());
}

const AudienceSetup& audience_setup(const std::string& workload, std::size_t rules,
                                    std::size_t users) {
  static std::string kept_name;
  static std::unique_ptr<const AudienceSetup> kept;
  const std::string name = workload + "/" + std::to_string(rules) + "/" + std::to_string(users);
  if (kept_name != name) {
    kept.reset();
    kept = std::make_unique<const AudienceSetup>(workload, rules, users);
    kept_name = name;
  }
  return *kept;
}

std::vector<std::uint64_t> counts_of(const Audience::Pairs& pairs, std::size_t rules) {
  std::vector<std::uint64_t> counts(rules);
  for (const RuleId rule : pairs.rules) ++counts[rule];
  return counts;
}

std::vector<std::uint64_t> bitmaps_of(const Audience::Pairs& pairs, std::size_t rules) {
  const std::size_t words = (pairs.first.size() - 1 + 63) / 64;
  std::vector<std::uint64_t> bitmaps(rules * words);
  for_each_user(pairs, [&](std::size_t user, std::span<const RuleId> matched) {
    for (const RuleId rule : matched) {
      bitmaps[rule * words + user / 64] |= std::uint64_t{1} << (user % 64);
    }
  });
  return bitmaps;
}

std::vector<std::uint64_t> overlaps_of(const Audience::Pairs& pairs, std::size_t rules) {
  std::vector<std::uint64_t> overlaps(rules * rules);
  for_each_user(pairs, [&](std::size_t, std::span<const RuleId> matched) {
    for (const RuleId a : matched) {
      for (const RuleId b : matched) ++overlaps[a * rules + b];
    }
  });
  return overlaps;
}

}  // namespace muster::bench
