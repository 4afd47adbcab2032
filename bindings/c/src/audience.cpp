#include "muster/match/audience.hpp"

#include <fmt/format.h>

#include "muster/match/arrow_results.hpp"
#include "options.hpp"
#include "population.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

namespace muster::c {

/// A rule set for populations, and what its rules are called.
struct NamedAudience {
  NamedAudience(const RuleSet& its_rules, std::vector<std::string> its_names)
      : rules(its_rules), audience(its_rules), names(std::move(its_names)) {}
  RuleSet rules;
  Audience audience;
  std::vector<std::string> names;
};

std::vector<std::string> names_of(const RuleSet& rules, const muster_catalogue* catalogue) {
  std::vector<std::string> out;
  if (catalogue == nullptr) {
    for (size_t i = 0; i < rules.size(); ++i) out.push_back(std::to_string(i));
    return out;
  }
  for (const Policy& policy : catalogue->value.policies()) out.push_back(policy.id);
  if (out.size() == rules.size()) return out;
  refuse_argument("catalogue",
                  fmt::format("has {} policies for {} rules", out.size(), rules.size()));
}

}  // namespace muster::c

struct muster_audience : Counted<NamedAudience> {
  using Counted::Counted;
};

namespace {

/// What every question needs.
struct Question {
  Question(const muster_audience* audience, const muster_population* population,
           const muster_run* how)
      : its(need(audience, "audience").value),
        whom(need(population, "population").value),
        run(how) {}
  const NamedAudience& its;
  const Population& whom;
  Run run;
};

/// Moves an answer to C, where there are places for it.
class Answer {
 public:
  Answer(ArrowSchema* type, ArrowArray* array)
      : type_(need(type, "type")), array_(need(array, "array")) {}
  void give(Result<ArrowResult> result) const { std::move(result).value().move_to(type_, array_); }

 private:
  ArrowSchema& type_;
  ArrowArray& array_;
};

}  // namespace

muster_status muster_audience_new(const muster_rules* rules, const muster_catalogue* catalogue,
                                  muster_audience** out, muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    auto& audience = need(out, "out");
    audience = new muster_audience(its, names_of(its, catalogue));
  });
}

void muster_audience_retain(muster_audience* audience) { retain(audience); }
void muster_audience_release(muster_audience* audience) { release(audience); }

muster_status muster_audience_count(const muster_audience* audience,
                                    const muster_population* population, const muster_run* run,
                                    uint64_t* counts, size_t rules, muster_error* error) {
  return call(error, [&] {
    const Question asked(audience, population, run);
    array(counts, rules, "counts");
    if (rules != asked.its.rules.size()) {
      refuse_argument("rules", fmt::format("is {}, but must be {}", rules, asked.its.rules.size()));
    }
    const auto found = asked.its.audience.counts(asked.whom.bits, asked.run.options()).value();
    std::copy(found.begin(), found.end(), counts);
  });
}

muster_status muster_audience_counts(const muster_audience* audience,
                                     const muster_population* population, const muster_run* run,
                                     ArrowSchema* type, ArrowArray* its_array,
                                     muster_error* error) {
  return call(error, [&] {
    const Question asked(audience, population, run);
    const Answer answer(type, its_array);
    answer.give(arrow_counts(
        asked.its.audience.counts(asked.whom.bits, asked.run.options()).value(), asked.its.names));
  });
}

muster_status muster_audience_pairs(const muster_audience* audience,
                                    const muster_population* population, const muster_run* run,
                                    ArrowSchema* type, ArrowArray* its_array, muster_error* error) {
  return call(error, [&] {
    const Question asked(audience, population, run);
    const Answer answer(type, its_array);
    answer.give(arrow_pairs(asked.its.audience.pairs(asked.whom.bits, asked.run.options()).value(),
                            asked.its.names, asked.whom.users, asked.run.options().cancel));
  });
}

muster_status muster_audience_bitmaps(const muster_audience* audience,
                                      const muster_population* population, const muster_run* run,
                                      ArrowSchema* type, ArrowArray* its_array,
                                      muster_error* error) {
  return call(error, [&] {
    const Question asked(audience, population, run);
    const Answer answer(type, its_array);
    answer.give(
        arrow_bitmaps(asked.its.audience.bitmaps(asked.whom.bits, asked.run.options()).value(),
                      asked.whom.bits.users(), asked.its.names));
  });
}

muster_status muster_audience_bitmap(const muster_audience* audience,
                                     const muster_population* population, uint32_t rule,
                                     const muster_run* run, ArrowSchema* type,
                                     ArrowArray* its_array, muster_error* error) {
  return call(error, [&] {
    const Question asked(audience, population, run);
    const Answer answer(type, its_array);
    answer.give(
        arrow_bitmap(asked.its.audience.bitmap(asked.whom.bits, rule, asked.run.options()).value(),
                     asked.whom.bits.users()));
  });
}
