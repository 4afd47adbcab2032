#include "muster/match/audience.hpp"

#include <string>

#include "core/bits.hpp"
#include "match/audience_engine.hpp"
#include "match/rule_set_body.hpp"
#include "tags/fresh_blocks.hpp"

namespace muster {

struct Audience::Body {
  RuleSet rules;
  AudienceEngine engine;
  std::uint64_t fingerprint;

  /// Bits of another set tell nothing; their number the engine checks.
  Result<void> check(const EncodedUsers& users) const {
    const bool told = users.fingerprint() != 0 && users.bits() == rules.encoder().bits();
    if (!told || users.fingerprint() == fingerprint) return {};
    return Error{Errc::schema_mismatch, "the users were encoded for another rule set", {}};
  }

  template <class Users>
  Result<std::vector<std::uint64_t>> fresh_counts(const Users& users, Date today,
                                                  const RunOptions& run) const {
    const auto blocks = FreshBlocks::of(rules.encoder(), users, today, run);
    if (!blocks) return blocks.error();
    return engine.counts(*blocks, run);
  }

  template <class Users>
  Result<Pairs> fresh_pairs(const Users& users, Date today, const RunOptions& run) const {
    const auto blocks = FreshBlocks::of(rules.encoder(), users, today, run);
    if (!blocks) return blocks.error();
    Pairs out;
    if (auto done = engine.pairs(*blocks, out, run); !done) return std::move(done).error();
    return out;
  }
};

Audience::Audience(RuleSet rules) {
  AudienceEngine engine(rules.body_->input(), rules.body_->kernel->isa);
  const std::uint64_t fingerprint = rules.encoder().fingerprint();
  body_ = std::make_shared<const Body>(Body{std::move(rules), std::move(engine), fingerprint});
}

std::size_t Audience::words_per_rule(const EncodedUsers& users) noexcept {
  return words_for(users.users());
}

Result<std::vector<std::uint64_t>> Audience::counts(const EncodedUsers& users,
                                                    const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  return body_->engine.counts(EncodedBlocks(users), run);
}

Result<std::vector<std::uint64_t>> Audience::counts(const ArrowUsers& users, Date today,
                                                    const RunOptions& run) const {
  return body_->fresh_counts(users, today, run);
}

Result<std::vector<std::uint64_t>> Audience::counts(const UserTable& users, Date today,
                                                    const RunOptions& run) const {
  return body_->fresh_counts(users, today, run);
}

Result<void> Audience::bitmaps(const EncodedUsers& users, std::span<std::uint64_t> out,
                               const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  return body_->engine.bitmaps(EncodedBlocks(users), out, run);
}

Result<std::vector<std::uint64_t>> Audience::bitmaps(const EncodedUsers& users,
                                                     const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  std::vector<std::uint64_t> out(words_per_rule(users) * body_->engine.rules());
  if (auto done = body_->engine.bitmaps(EncodedBlocks(users), out, run); !done)
    return std::move(done).error();
  return out;
}

Result<std::vector<std::uint64_t>> Audience::bitmap(const EncodedUsers& users, RuleId rule,
                                                    const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  const OneUserInput all = body_->rules.body_->input();
  if (rule >= all.rules.size()) {
    return Error{Errc::invalid_argument,
                 "rule " + std::to_string(rule) + " does not exist; the set has " +
                     std::to_string(all.rules.size()),
                 {}};
  }
  std::vector<ProgramNode> program;
  all.rules.read(rule, program);
  ProgramList one;
  one.add(program);
  const AudienceEngine engine({all.shared, one, all.user_bits}, body_->rules.body_->kernel->isa);
  std::vector<std::uint64_t> out(words_per_rule(users));
  if (auto done = engine.bitmaps(EncodedBlocks(users), out, run); !done)
    return std::move(done).error();
  return out;
}

Result<Audience::Pairs> Audience::pairs(const EncodedUsers& users, const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  Pairs out;
  if (auto done = body_->engine.pairs(EncodedBlocks(users), out, run); !done)
    return std::move(done).error();
  return out;
}

Result<void> Audience::pairs(const EncodedUsers& users, Pairs& out, const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  return body_->engine.pairs(EncodedBlocks(users), out, run);
}

Result<Audience::Pairs> Audience::pairs(const ArrowUsers& users, Date today,
                                        const RunOptions& run) const {
  return body_->fresh_pairs(users, today, run);
}

Result<Audience::Pairs> Audience::pairs(const UserTable& users, Date today,
                                        const RunOptions& run) const {
  return body_->fresh_pairs(users, today, run);
}

Result<std::vector<std::uint64_t>> Audience::overlaps(const EncodedUsers& users,
                                                      const RunOptions& run) const {
  if (auto fits = body_->check(users); !fits) return std::move(fits).error();
  return body_->engine.overlaps(EncodedBlocks(users), run);
}

}  // namespace muster
