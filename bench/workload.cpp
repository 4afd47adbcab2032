#include "workload.hpp"

#include <algorithm>
#include <cmath>

namespace muster::bench {
namespace {

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }
  double u() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((next() >> 32) * bound >> 32);
  }

 private:
  std::uint64_t state_;
};

class RuleGenerator {
 public:
  explicit RuleGenerator(Variant variant)
      : short_(variant == Variant::w2), random_(7919 + static_cast<std::uint64_t>(variant)) {
    double sum = 0;
    for (std::size_t k = 0; k < workload_flags; ++k) {
      sum += variant == Variant::w3 ? 1 : 1 / std::sqrt(static_cast<double>(k + 1));
      sums_[k] = sum;
    }
  }

  WorkloadRule next() {
    used_.reset();
    const double kind = random_.u();
    std::uint32_t size = short_ ? 2 + random_.below(3) : 3 + random_.below(6);
    std::uint32_t group = 0;
    if (kind >= 0.6 && kind < 0.8) {
      size = std::max(size, 3u);
      group = 2 + random_.below(std::min(3u, size - 2));
    }
    WorkloadRule rule;
    rule.has_range = kind >= 0.8;
    const std::uint32_t literals = size - std::min(size, group + (rule.has_range ? 1 : 0));
    for (std::uint32_t i = 0; i < literals; ++i) {
      const std::uint8_t flag = pick();
      rule.literals.push_back({flag, random_.u() < 0.2});
    }
    for (std::uint32_t i = 0; i < group; ++i) rule.any_of.push_back(pick());
    if (rule.has_range) add_range(rule);
    return rule;
  }

 private:
  std::uint8_t pick() {
    for (;;) {
      const double at = random_.u() * sums_.back();
      const auto found = std::lower_bound(sums_.begin(), sums_.end() - 1, at) - sums_.begin();
      const auto flag = static_cast<std::size_t>(found);
      if (used_[flag]) continue;
      used_[flag] = true;
      return static_cast<std::uint8_t>(flag);
    }
  }

  void add_range(WorkloadRule& rule) {
    rule.number = static_cast<std::uint8_t>(random_.below(workload_numbers));
    const std::uint32_t width = 1 + random_.below(5);
    const std::uint32_t low = random_.below(11 - width);
    rule.low = static_cast<std::uint8_t>(10 * low);
    rule.high = static_cast<std::uint8_t>(10 * (low + width));
  }

  bool short_;
  SplitMix random_;
  std::array<double, workload_flags> sums_{};
  std::bitset<workload_flags> used_;
};

}  // namespace

std::vector<WorkloadUser> workload_users(std::size_t count) {
  std::array<double, workload_flags> chances;
  for (std::size_t k = 0; k < workload_flags; ++k) {
    chances[k] = 0.7 / std::sqrt(static_cast<double>(k + 1));
  }
  SplitMix random(42);
  std::vector<WorkloadUser> users(count);
  for (WorkloadUser& user : users) {
    for (std::size_t k = 0; k < workload_flags; ++k) user.flags[k] = random.u() < chances[k];
    for (auto& number : user.numbers) number = static_cast<std::uint8_t>(random.below(100));
  }
  return users;
}

std::vector<WorkloadRule> workload_rules(Variant variant, std::size_t count) {
  RuleGenerator generator(variant);
  std::vector<WorkloadRule> rules;
  rules.reserve(count);
  while (rules.size() < count) rules.push_back(generator.next());
  return rules;
}

std::string to_text(const WorkloadRule& rule) {
  std::string text;
  const auto join = [&text] { text += text.empty() ? "" : " AND "; };
  for (const WorkloadRule::Literal& literal : rule.literals) {
    join();
    text += (literal.negated ? "NOT t" : "t") + std::to_string(literal.flag);
  }
  for (std::size_t i = 0; i < rule.any_of.size(); ++i) {
    if (i == 0) join();
    text += (i == 0 ? "(t" : " OR t") + std::to_string(rule.any_of[i]);
  }
  if (!rule.any_of.empty()) text += ")";
  if (rule.has_range) {
    join();
    const std::string number = "n" + std::to_string(rule.number);
    text += number + " >= " + std::to_string(rule.low) + " AND " + number + " < " +
            std::to_string(rule.high);
  }
  return text;
}

Schema workload_schema() {
  std::vector<Tag> tags(workload_flags + workload_numbers);
  for (std::size_t k = 0; k < workload_flags; ++k) tags[k].name = "t" + std::to_string(k);
  for (std::size_t k = 0; k < workload_numbers; ++k) {
    tags[workload_flags + k].name = "n" + std::to_string(k);
    tags[workload_flags + k].type = TagType::number;
  }
  return Schema::make(std::move(tags)).value();
}

Cell WorkloadView::cell(TagId tag) const {
  const auto at = static_cast<std::size_t>(tag);
  if (at < workload_flags) return Cell(bool{user_->flags[at]});
  return Cell(Number(int{user_->numbers[at - workload_flags]}));
}

}  // namespace muster::bench
