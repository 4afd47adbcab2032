#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/decide/contact_history.hpp"
#include "muster/decide/explanation.hpp"
#include "muster/decide/policy_view.hpp"
#include "muster/decide/prepared_user.hpp"
#include "muster/decide/propensity_model.hpp"

namespace muster {

struct EngineOptions {
  std::shared_ptr<const ContactHistory> history = {};  ///< null: nobody was ever contacted
  std::shared_ptr<const PropensityModel> model = {};   ///< null: the catalogue's own
  std::size_t catalogues_kept = 8;                     ///< the running one included; at least 1
  CompileOptions compile = {};                         ///< for every catalogue
};

/// Whom a decision is about. All is borrowed for the time of the call.
struct Subject {
  std::string_view key;  ///< names the user in the history, the test list and the holdout
  const UserView& tags;  ///< of the running catalogue's schema
  /// Null, or what Engine::prepare made of `tags` as they still are. Where the day or what rules
  /// ask has changed since, the tags are read again: the decision is the same with it and without.
  const PreparedUser* prepared = nullptr;
};

struct DecideOptions {
  std::uint64_t seed = 0;  ///< for models that explore; part of the decision
  /// Where not null: receives what `replay` and `explain` need, replacing what it held.
  std::vector<std::byte>* record = nullptr;
};

/// The gate's answer.
struct GateAnswer {
  bool allowed = false;
  Reason reason = Reason::primary;  ///< why not; of no meaning where it is allowed
  std::string text;                 ///< the same for people: "requires plan_fee = 96, …"
};

/// A catalogue that an engine holds.
struct Deployment {
  std::string version;
  std::uint64_t content_hash = 0;
  bool running = false;
};

/// Decides for one user after another what to offer, from one catalogue that is exchanged while it
/// runs. All functions are safe from any number of threads; none throws, but for want of memory.
class MUSTER_EXPORT Engine {
 public:
  explicit Engine(EngineOptions options = {});
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Compiles a catalogue on the caller's thread, then puts it in place in one step; decisions
  /// that began with the old one end with it. Fails as RuleSetBuilder::compile does, under the
  /// limits that the catalogue was read with (max_rules then counts its conditions too), and with
  /// illegal_transition where a policy's state can not follow from the one it has in the running
  /// catalogue; the running one then stays.
  Result<void> deploy(const Catalogue& catalogue);
  /// Puts the catalogue before the running one back, and forgets the running one. Fails with
  /// no_catalogue where there is none.
  Result<void> roll_back();
  /// Oldest first.
  std::vector<Deployment> deployments() const;
  /// The running one.
  std::optional<Catalogue> catalogue() const;

  /// What the user should be offered. A pure function of catalogue, user, history, moment and
  /// seed. Fails with no_catalogue, schema_mismatch (views that know their schema; others are
  /// taken at their word), and as Encoder::encode does, naming the tag. Microseconds: O(match +
  /// matched policies × their channels × contact rules + contact rules × contacts in the history).
  /// Allocates the view and the
  /// record that was asked for. Never waits for another decision; where the catalogue was exchanged
  /// since the thread's last decision it takes the new one, which waits for the time of copying a
  /// pointer.
  Result<PolicyView> decide(const Subject& user, Moment now,
                            const DecideOptions& options = {}) const;

  /// Reads a user's tags once, for many decisions. Fails as decide does. O(tags).
  Result<PreparedUser> prepare(const UserView& tags, Moment now) const;

  /// The gate before a channel fulfils: whether this user may have this policy here and now, by
  /// segment, eligibility, applicability, suitability, life cycle, validity, quota, budget and
  /// permitted channels. Contact rules bound who is approached, not who says yes, and are not
  /// asked; nor is what was taken before, which Ledger::settle refuses. Fails as decide does, and
  /// with unknown_policy and unknown_channel. Microseconds where it is allowed; a refusal that has
  /// to be explained takes longer.
  Result<GateAnswer> check(const Subject& user, std::string_view policy, std::string_view channel,
                           Moment now, Language language = Language::english) const;

  /// Decides again from a record, with the catalogue of the time; where EngineOptions::model is
  /// set, with that: the same view needs the model of the time too. PolicyView::decision_id is of
  /// what propensities came out as, so that it tells whether it was. Fails with corrupt,
  /// unsupported_version, and unknown_catalogue where the engine no longer holds it.
  Result<PolicyView> replay(std::span<const std::byte> record) const;
  /// What became of one policy in a recorded decision, and why. Fails as replay does, and with
  /// unknown_policy. Takes milliseconds at worst.
  Result<PolicyReason> explain(std::span<const std::byte> record, std::string_view policy) const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace muster
