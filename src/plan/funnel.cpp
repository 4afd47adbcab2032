#include "muster/plan/funnel.hpp"

#include "core/parallel.hpp"

namespace muster {
namespace {

constexpr std::size_t users_at_once = 1'024;

void add_to(std::uint64_t& sum, std::uint64_t more) { sum += more; }

void add_to(PolicyFunnel& sum, const PolicyFunnel& more) {
  add_to(sum.matched, more.matched);
  add_to(sum.live, more.live);
  add_to(sum.permitted, more.permitted);
  add_to(sum.contactable, more.contactable);
  add_to(sum.offered, more.offered);
  add_to(sum.primary, more.primary);
  for (std::size_t i = 0; i < sum.removed.size(); ++i) add_to(sum.removed[i], more.removed[i]);
}

/// Counts a policy that came as far as the step before `end`.
void count_steps(PolicyFunnel& policy, Step end) {
  policy.matched += end > Step::match;
  policy.live += end > Step::live;
  policy.permitted += end > Step::permit;
  policy.contactable += end > Step::contact;
  policy.offered += end > Step::arbitrate;
}

/// What one worker counted.
class Tally {
 public:
  explicit Tally(std::size_t policies) { funnel_.policies.resize(policies); }

  void add(const PolicyView& view) {
    ++funnel_.users;
    funnel_.users_offered += !view.offers().empty();
    funnel_.holdout += view.holdout();
    for (const Offer& offer : view.offers()) {
      PolicyFunnel& policy = funnel_.policies[offer.policy];
      count_steps(policy, Step::offered);
      policy.primary += offer.primary;
    }
    for (const Omission& omission : view.omissions()) {
      PolicyFunnel& policy = funnel_.policies[omission.policy];
      count_steps(policy, step_of(omission.reason));
      ++policy.removed[static_cast<std::size_t>(omission.reason)];
    }
  }

  void add_to(Funnel& sum) const {
    sum.users += funnel_.users;
    sum.users_offered += funnel_.users_offered;
    sum.holdout += funnel_.holdout;
    for (std::size_t p = 0; p < sum.policies.size(); ++p) {
      muster::add_to(sum.policies[p], funnel_.policies[p]);
    }
  }

 private:
  Funnel funnel_;
};

Result<void> tally(const Engine& engine, const Catalogue& catalogue, const UserTable& users,
                   std::size_t block, Moment now, Tally& out) {
  std::string buffer;
  const UserIndex end = std::min<UserIndex>(users.size(), (block + 1) * users_at_once);
  for (UserIndex u = block * users_at_once; u < end; ++u) {
    const auto row = users.row(u);
    const auto view = engine.decide({users.key(u, buffer), row}, now);
    if (!view) return view.error();
    // Of equal content its policies could still be in another order.
    if (view->catalogue().policies().data() != catalogue.policies().data()) {
      return Error{Errc::unknown_catalogue, "another catalogue was deployed meanwhile", {}};
    }
    out.add(*view);
  }
  return {};
}

}  // namespace

Result<Funnel> make_funnel(const Engine& engine, const UserTable& users, Moment now,
                           const RunOptions& run) {
  const auto catalogue = engine.catalogue();
  if (!catalogue) return Error{Errc::no_catalogue, "no catalogue is deployed", {}};
  const std::size_t policies = catalogue->policies().size();
  const std::size_t blocks = (users.size() + users_at_once - 1) / users_at_once;
  std::vector<Tally> tallies(worker_count(run, blocks), Tally(policies));
  const auto done = for_each_block(run, blocks, [&](std::size_t block, unsigned worker) {
    return tally(engine, *catalogue, users, block, now, tallies[worker]);
  });
  if (!done) return done.error();
  Funnel sum;
  for (const Policy& policy : catalogue->policies()) {
    sum.policies.emplace_back().policy = policy.id;
  }
  for (const Tally& one : tallies) one.add_to(sum);
  return sum;
}

}  // namespace muster
