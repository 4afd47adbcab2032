#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "muster/decide/engine.hpp"

namespace muster::testing {

/// A decision worked out slowly and plainly from what the headers promise: every rule for itself
/// by the rules' own evaluator, every contact for every policy and channel, no tables.
struct ReferenceDecision {
  struct Offered {
    std::string policy;
    bool primary = false;
    double score = 0, propensity = 0, value = 0, context = 1, lever = 1, contact_cost = 0;
    std::vector<RankedChannel> channels;
  };
  std::vector<Offered> offers;
  std::vector<std::pair<std::string, Reason>> omissions;
  bool high_value = false;
};

class Reference {
 public:
  explicit Reference(const Catalogue& catalogue);

  ReferenceDecision decide(const Subject& user, Moment now, const std::vector<Contact>& contacts,
                           const std::map<std::string, Taken>& taken);

 private:
  struct Case;
  bool holds(const std::string& rule, const Case& its, bool where_empty);
  Reason reason_before_channels(const Policy& policy, const Case& its);
  bool may_carry(const Policy& policy, ChannelId channel) const;
  std::vector<Reason> reasons_against(const Policy& policy, ChannelId channel, const Case& its);
  bool counts(const ContactRule& rule, const Contact& contact, const Policy& policy,
              ChannelId channel, const Case& its) const;
  double propensity(PolicyId policy, ChannelId channel, const Case& its) const;
  void score(ReferenceDecision::Offered& offer, PolicyId policy,
             const std::vector<ChannelId>& channels, const Case& its);

  Catalogue catalogue_;
  Checker checker_;
  std::map<std::string, Formula> formulas_;
};

}  // namespace muster::testing
