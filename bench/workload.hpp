#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "muster/tags/user.hpp"

/// The synthetic workload that all figures use unless they say otherwise, a benchmark's input
/// rather than a model of subscribers. It is defined to the bit, so that other matchers can be
/// measured with it.
///
/// Random numbers are splitmix64's. u() is the top 53 bits of one as a fraction below 1; below(n)
/// is the top 32 bits times n, divided by 2^32.
///
/// Users: seed 42, one after another. Flag tk, k = 0 … 199, is true where u() < 0.7 / sqrt(k + 1);
/// then the numbers n0 … n3 are below(100) each. That is 18.8 flags a user. Nothing is NULL.
///
/// Rules: w1 has seed 7920, w2 7921, w3 7922. One rule after another draws:
///   1. t = u(); L = 3 + below(6) literals (w2: 2 + below(3)).
///   2. Where 0.6 <= t < 0.8: L is at least 3, and g = 2 + below(min(3, L - 2)) of the literals are
///      an OR group. Where t >= 0.8 one literal is a range.
///   3. The others are flags that all must hold, each negated where u() < 0.2 after it is picked;
///      then the group's are picked, none negated.
///   4. A range is of number below(4): with w = 1 + below(5), a = below(11 - w), it is
///      10 a <= n < 10 (a + w).
/// A flag is picked with weight 1 / sqrt(k + 1) (w3: all alike): the first k whose running sum of
/// weights reaches u() times their sum; again while the rule has that flag already.
///
/// Check sums, of matches with the first N rules of w1, over the first 1 000 users:
///   N = 100: 744;  1 000: 12 033;  10 000: 123 824;  100 000: 1 251 590
/// and over 1 048 576 users with N = 1 000: 12 571 316.
namespace muster::bench {

constexpr std::size_t workload_flags = 200;
constexpr std::size_t workload_numbers = 4;

struct WorkloadUser {
  std::bitset<workload_flags> flags;
  std::array<std::uint8_t, workload_numbers> numbers{};
};

/// All of `literals`, one of `any_of` where there are any, and the range where there is one.
struct WorkloadRule {
  struct Literal {
    std::uint8_t flag = 0;
    bool negated = false;
  };
  std::vector<Literal> literals;
  std::vector<std::uint8_t> any_of;
  bool has_range = false;
  std::uint8_t number = 0;
  std::uint8_t low = 0;  ///< low <= n < high
  std::uint8_t high = 0;
};

/// w1: 3 to 8 literals; w2: 2 to 4; w3: as w1, but every flag is as likely in a rule.
enum class Variant : std::uint8_t { w1 = 1, w2 = 2, w3 = 3 };

std::vector<WorkloadUser> workload_users(std::size_t count);
/// The first rules are the same whatever the count.
std::vector<WorkloadRule> workload_rules(Variant variant, std::size_t count);
/// "t3 AND NOT t17 AND (t5 OR t40)"
std::string to_text(const WorkloadRule& rule);

Schema workload_schema();

/// A user as rules see one.
class WorkloadView final : public UserView {
 public:
  explicit WorkloadView(const WorkloadUser& user) : user_(&user) {}
  Cell cell(TagId tag) const override;

 private:
  const WorkloadUser* user_;
};

}  // namespace muster::bench
