#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "muster/tags/user.hpp"

/// The synthetic workload that all figures use unless they say otherwise: 200 flags t0 … t199 of
/// falling popularity and four numbers n0 … n3 from 0 to 99, none of them ever NULL; rules of a
/// few literals, a fifth of them with an OR group and a fifth with a range. Everything follows
/// from fixed seeds.
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
