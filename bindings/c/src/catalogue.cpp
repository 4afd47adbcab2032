#include "buffer.hpp"
#include "day.hpp"
#include "findings.hpp"
#include "handles.hpp"
#include "lookup.hpp"
#include "muster/match/explain.hpp"
#include "options.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

namespace {

const Catalogue& body(const muster_catalogue* catalogue) {
  return need(catalogue, "catalogue").value;
}

}  // namespace

muster_status muster_catalogue_from_json(const char* json, size_t length,
                                         const muster_limits* limits, muster_catalogue** out,
                                         muster_error* error) {
  return call(error, [&] {
    auto& catalogue = need(out, "out");
    catalogue = new muster_catalogue(
        Catalogue::from_json(text(json, length, "json"), to_limits(limits)).value());
  });
}

muster_status muster_catalogue_read(const char* path, size_t length, const muster_limits* limits,
                                    muster_catalogue** out, muster_error* error) {
  return call(error, [&] {
    auto& catalogue = need(out, "out");
    catalogue = new muster_catalogue(
        Catalogue::read(text(path, length, "path"), to_limits(limits)).value());
  });
}

void muster_catalogue_retain(muster_catalogue* catalogue) { retain(catalogue); }
void muster_catalogue_release(muster_catalogue* catalogue) { release(catalogue); }

muster_status muster_catalogue_describe(const muster_catalogue* catalogue,
                                        muster_catalogue_info* out, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    write_struct(out,
                 {0, borrow(its.version()), borrow(its.currency()), borrow(its.time_zone().name()),
                  its.content_hash(), its.segments().size(), its.policies().size(),
                  its.channels().size(), its.contact_rules().size(), its.warnings().size()});
  });
}

muster_status muster_catalogue_schema(const muster_catalogue* catalogue, muster_schema** out,
                                      muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    auto& schema = need(out, "out");
    schema = new muster_schema(its.schema());
  });
}

muster_status muster_catalogue_policy(const muster_catalogue* catalogue, size_t index,
                                      muster_policy* out, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    check_index(index, its.policies().size());
    const Policy& one = its.policies()[index];
    write_struct(out, {0, borrow(one.id), borrow(one.name), borrow(one.description),
                       borrow(one.segment), borrow(one.offering), one.value, one.cost, one.lever,
                       one.valid.from.seconds, one.valid.until.seconds, one.quota, one.tier});
  });
}

muster_status muster_catalogue_find_policy(const muster_catalogue* catalogue, const char* id,
                                           size_t id_length, size_t* index, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    size_t& out = need(index, "index");
    out = find_policy(its, text(id, id_length, "id"));
  });
}

muster_status muster_catalogue_channel(const muster_catalogue* catalogue, size_t index,
                                       muster_channel* out, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    check_index(index, its.channels().size());
    const Channel& one = its.channels()[index];
    write_struct(out,
                 {0, borrow(one.id), borrow(one.name), one.active, one.cost, one.daily_capacity});
  });
}

muster_status muster_catalogue_find_channel(const muster_catalogue* catalogue, const char* id,
                                            size_t id_length, size_t* index, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    size_t& out = need(index, "index");
    out = find_channel(its, text(id, id_length, "id"));
  });
}

muster_status muster_catalogue_warning(const muster_catalogue* catalogue, size_t index,
                                       muster_finding* out, muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    check_index(index, its.warnings().size());
    write_struct(out, to_finding(its.warnings()[index]));
  });
}

muster_status muster_catalogue_check_rule(const muster_catalogue* catalogue, const char* rule,
                                          size_t length, muster_error* error) {
  return call(error, [&] {
    Checker checker = body(catalogue).checker();
    return checker.check(text(rule, length, "rule")).value().warnings;
  });
}

muster_status muster_catalogue_explain_rule(const muster_catalogue* catalogue, const char* rule,
                                            size_t length, const muster_user* user, int32_t today,
                                            int32_t* matches, muster_buffer* its_text,
                                            muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    const User& whose = need(user, "user").value;
    muster_buffer& out = need(its_text, "text");
    check_schema(whose.schema_fingerprint(), its.schema());
    Checker checker = its.checker();
    const Explanation found =
        explain(checker, text(rule, length, "rule"), whose, day(today)).value();
    fill(out, to_text(found));
    if (matches != nullptr) *matches = found.matches;
  });
}

muster_status muster_catalogue_compile(const muster_catalogue* catalogue,
                                       const muster_compile_options* options, muster_rules** out,
                                       muster_error* error) {
  return call(error, [&] {
    const Catalogue& its = body(catalogue);
    auto& rules = need(out, "out");
    rules = new muster_rules(its.compile(Compile(options).options()).value());
  });
}
