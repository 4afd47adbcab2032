#include "decide/explain.hpp"

#include <algorithm>

namespace muster {
namespace {

/// The decision of a record, and what it was decided with.
class Rerun {
 public:
  static Result<std::unique_ptr<Rerun>> make(const PreparedPointer& catalogue,
                                             const Recorded& recorded,
                                             const PropensityModel* model) {
    Result<RecordedUser> user = RecordedUser::make(catalogue->catalogue.schema(), recorded);
    if (!user) return user.error();
    auto out = std::unique_ptr<Rerun>(new Rerun(catalogue, std::move(*user)));
    const RecordedHistory history(recorded);
    const Subject subject{recorded.user, out->user_};
    Result<PolicyView> view = out->decider_.decide(
        {subject, recorded.now, recorded.seed, &history, model ? *model : *catalogue->model},
        nullptr);
    if (!view) return view.error();
    out->view_ = std::move(*view);
    return out;
  }

  const RecordedUser& user() const { return user_; }
  Decider& decider() { return decider_; }
  const PolicyView& view() const { return *view_; }

 private:
  Rerun(const PreparedPointer& catalogue, RecordedUser user)
      : user_(std::move(user)), decider_(catalogue) {}

  RecordedUser user_;
  Decider decider_;
  std::optional<PolicyView> view_;
};

/// The rule of a policy that a reason of the match step is about, and its name.
struct Part {
  const char* name = "";
  const std::string* rule = nullptr;
};

Part part_of(const Policy& policy, Reason reason) {
  switch (reason) {
    case Reason::not_in_segment:
      return {"segment", &policy.segment};
    case Reason::not_eligible:
      return {"eligibility", &policy.eligibility};
    case Reason::not_applicable:
      return {"applicability", &policy.applicability};
    case Reason::not_suitable:
      return {"suitability", &policy.suitability};
    default:
      return {};
  }
}

Reason reason_of(const PolicyView& view, PolicyId policy) {
  for (const Offer& offer : view.offers()) {
    if (offer.policy == policy) return offer.primary ? Reason::primary : Reason::secondary;
  }
  for (const Omission& omission : view.omissions()) {
    if (omission.policy == policy) return omission.reason;
  }
  return Reason::not_in_segment;
}

/// Looks for the contact rule behind a reason against a channel, as the last decision left it.
class BlockFinder {
 public:
  BlockFinder(const PreparedCatalogue& catalogue, Decider& decider, PolicyIndex policy)
      : catalogue_(catalogue), decider_(decider), policy_(policy) {
    decider_.contacts().begin_policy(catalogue_, policy_);
  }

  std::vector<ChannelBlock> run() {
    std::vector<ChannelBlock> out;
    for (const PermittedChannel& one : catalogue_.channels_of(policy_)) {
      const std::uint8_t reason = decider_.contacts().blocked(catalogue_, one.channel);
      if (reason != ContactCheck::free) out.push_back(find(one.channel, Reason{reason}));
    }
    return out;
  }

 private:
  ChannelBlock find(ChannelId channel, Reason reason) {
    ChannelBlock block{channel, reason, {}, 0, 0};
    std::size_t first = catalogue_.catalogue.contact_rules().size();
    const auto offer = [&](std::uint32_t position, std::uint32_t count, std::uint32_t most) {
      if (position >= first) return;
      first = position;
      block.rule = catalogue_.catalogue.contact_rules()[position].id;
      block.count = count;
      block.most = most;
    };
    if (reason == Reason::do_not_contact) {
      for (const ForbidRule& rule : catalogue_.contact.forbid) {
        if (rule.channels[channel] && decider_.holds(rule.when)) offer(rule.position, 0, 0);
      }
    } else if (reason == Reason::quiet_hours) {
      for (const QuietRule& rule : catalogue_.contact.quiet) {
        if (rule.channels[channel] && decider_.contacts().is_quiet(catalogue_, rule)) {
          offer(rule.position, 0, 0);
        }
      }
    } else if (reason != Reason::channel_closed) {
      find_count(channel, reason, offer);
    }
    return block;
  }

  template <class Offer>
  void find_count(ChannelId channel, Reason reason, const Offer& offer) {
    const ContactCheck& contacts = decider_.contacts();
    const auto look = [&](const CountRule& rule, std::uint32_t count) {
      if (rule.reason != reason || !rule.channels[channel] || count < rule.most) return;
      offer(rule.position, count, reason == Reason::cool_down ? 0 : rule.most);
    };
    for (const CountRule& rule : catalogue_.contact.all)
      look(rule, contacts.counted(rule, channel));
    for (std::size_t i = 0; i < catalogue_.contact.by_policy.size(); ++i) {
      look(catalogue_.contact.by_policy[i], contacts.counted(catalogue_, i, policy_));
    }
  }

  const PreparedCatalogue& catalogue_;
  Decider& decider_;
  PolicyIndex policy_;
};

bool share_a_group(const Policy& a, const Policy& b) {
  return std::any_of(a.groups.begin(), a.groups.end(), [&](const std::string& group) {
    return std::find(b.groups.begin(), b.groups.end(), group) != b.groups.end();
  });
}

/// Who took the place of a policy that lost.
std::string better_than(const PolicyView& view, const Policy& policy, Reason reason) {
  const auto policies = view.catalogue().policies();
  if (view.offers().empty()) return {};
  if (reason == Reason::outranked) return policies[view.offers().back().policy].id;
  if (reason != Reason::excluded) return {};
  for (const Offer& offer : view.offers()) {
    if (share_a_group(policies[offer.policy], policy)) return policies[offer.policy].id;
  }
  return {};
}

}  // namespace

Result<Reason> gate(Decider& decider, const PreparedCatalogue& catalogue, const Subject& user,
                    PolicyIndex policy, std::size_t channel, Moment now,
                    const ContactHistory* history) {
  if (auto encoded = decider.encode(user, now); !encoded) return encoded.error();
  if (!decider.segment_holds(policy)) return Reason::not_in_segment;
  const PreparedPolicy& its = catalogue.policies[policy];
  const auto test_users = catalogue.catalogue.test_users();
  const Reason reason = gate_of(
      its, now, [&](ConditionId condition) { return decider.holds(condition); },
      [&] { return std::binary_search(test_users.begin(), test_users.end(), user.key); },
      [&] {
        return history ? history->taken(catalogue.catalogue.policies()[its.position].id) : Taken();
      });
  if (reason != Reason::primary) return reason;
  for (const PermittedChannel& one : catalogue.channels_of(policy)) {
    if (one.channel == channel) return Reason::primary;
  }
  return Reason::channel_not_permitted;
}

std::string gate_text(const PreparedCatalogue& catalogue, const Subject& user, PolicyIndex policy,
                      Reason reason, Moment now, Language language) {
  const Policy& its = catalogue.catalogue.policies()[catalogue.policies[policy].position];
  const Part part = part_of(its, reason);
  std::string text;
  if (part.rule != nullptr) {
    const Date today = catalogue.catalogue.time_zone().local(now).day;
    text = requirement_text(catalogue.catalogue, *part.rule, user.tags, today, language);
  }
  return text.empty() ? std::string(describe(reason, language)) : text;
}

Result<PolicyView> decide_again(const PreparedPointer& catalogue, const Recorded& recorded,
                                const PropensityModel* model) {
  const auto again = Rerun::make(catalogue, recorded, model);
  if (!again) return again.error();
  return (*again)->view();
}

Result<PolicyReason> explain_policy(const PreparedPointer& prepared, const Recorded& recorded,
                                    const PropensityModel* model, PolicyIndex policy) {
  const auto again = Rerun::make(prepared, recorded, model);
  if (!again) return again.error();
  const PreparedCatalogue& catalogue = *prepared;
  const PolicyView& view = (*again)->view();
  const PolicyId position = catalogue.policies[policy].position;
  const Policy& its = catalogue.catalogue.policies()[position];
  PolicyReason out;
  out.policy = its.id;
  out.reason = reason_of(view, position);
  out.better = better_than(view, its, out.reason);
  const Part part = part_of(its, out.reason);
  out.part = part.name;
  if (part.rule != nullptr) {
    Checker checker = catalogue.catalogue.checker();
    const Date today = catalogue.catalogue.time_zone().local(recorded.now).day;
    Result<Explanation> rule = explain(checker, *part.rule, (*again)->user(), today);
    if (!rule) return rule.error();
    out.rule = std::move(*rule);
  }
  const Step step = step_of(out.reason);
  if (step == Step::contact || step == Step::arbitrate || step == Step::offered) {
    out.blocked = BlockFinder(catalogue, (*again)->decider(), policy).run();
    out.channels = (*again)->decider().ranked_channels(policy);
    out.weights = view.channel_weights();
  }
  return out;
}

}  // namespace muster
