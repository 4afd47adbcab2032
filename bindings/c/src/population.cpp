#include "population.hpp"

#include "day.hpp"
#include "options.hpp"
#include "structs.hpp"
#include "tags/arrow_owned.hpp"

using namespace muster;
using namespace muster::c;

namespace {

muster_population* encode(const RuleSet& rules, ArrowUsers users, int32_t today, const Run& run) {
  EncodedUsers bits = rules.encoder().encode(users, day(today), run.options()).value();
  return new muster_population(Population{std::move(users), std::move(bits)});
}

}  // namespace

muster_status muster_population_from_stream(const muster_rules* rules, ArrowArrayStream* stream,
                                            int32_t today, const muster_run* run,
                                            const muster_limits* limits, muster_population** out,
                                            muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    if (need(stream, "stream").release == nullptr) refuse_argument("stream", "was released");
    auto& population = need(out, "out");
    const Limits most = to_limits(limits);
    read_struct(run, "run");  // wrong arguments leave what they come with to the caller
    ArrowOwned<ArrowArrayStream> owned(*stream);  // before anything else that may fail
    const Run how(run);
    population =
        encode(its, ArrowUsers::from_stream(its.schema(), *owned, how.options(), most).value(),
               today, how);
  });
}

muster_status muster_population_from_array(const muster_rules* rules, ArrowSchema* type,
                                           ArrowArray* its_array, int32_t today,
                                           const muster_run* run, const muster_limits* limits,
                                           muster_population** out, muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    if (need(type, "type").release == nullptr) refuse_argument("type", "was released");
    if (need(its_array, "array").release == nullptr) refuse_argument("array", "was released");
    auto& population = need(out, "out");
    const Limits most = to_limits(limits);
    read_struct(run, "run");  // wrong arguments leave what they come with to the caller
    ArrowOwned<ArrowSchema> owned_type(*type);  // before anything else that may fail
    ArrowOwned<ArrowArray> owned(*its_array);
    const Run how(run);
    population = encode(
        its, ArrowUsers::from_array(its.schema(), *owned_type, *owned, how.options(), most).value(),
        today, how);
  });
}

void muster_population_retain(muster_population* population) { retain(population); }
void muster_population_release(muster_population* population) { release(population); }

muster_status muster_population_describe(const muster_population* population,
                                         muster_population_info* out, muster_error* error) {
  return call(error, [&] {
    write_struct(out, {0, need(population, "population").value.users.size()});
  });
}
