#include "muster/policy/policy.hpp"

namespace muster {

std::string whole_rule(const Policy& policy) {
  std::string all;
  for (const std::string* rule :
       {&policy.segment, &policy.eligibility, &policy.applicability, &policy.suitability}) {
    if (rule->empty()) continue;
    if (!all.empty()) all += " AND ";
    all.append(1, '(').append(*rule).append(1, ')');
  }
  return all;
}

}  // namespace muster
