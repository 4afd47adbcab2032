#include "handles.hpp"
#include "lookup.hpp"
#include "options.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

muster_status muster_schema_from_json(const char* json, size_t length, const muster_limits* limits,
                                      muster_schema** out, muster_error* error) {
  return call(error, [&] {
    auto& schema = need(out, "out");
    schema =
        new muster_schema(Schema::from_json(text(json, length, "json"), to_limits(limits)).value());
  });
}

void muster_schema_retain(muster_schema* schema) { retain(schema); }
void muster_schema_release(muster_schema* schema) { release(schema); }

muster_status muster_schema_describe(const muster_schema* schema, muster_schema_info* out,
                                     muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    write_struct(out, {0, borrow(its.key()), its.size(), its.fingerprint()});
  });
}

muster_status muster_schema_tag(const muster_schema* schema, size_t index, muster_tag* out,
                                muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    check_index(index, its.size());
    const Tag& tag = its.tags()[index];
    write_struct(out, {0, borrow(tag.name), borrow(tag.description), static_cast<int32_t>(tag.type),
                       tag.nullable, !tag.derived.empty(), tag.values.size()});
  });
}

muster_status muster_schema_find(const muster_schema* schema, const char* name, size_t name_length,
                                 size_t* index, muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    auto& out = need(index, "index");
    out = static_cast<size_t>(find_tag(its, text(name, name_length, "name")));
  });
}

muster_status muster_schema_category(const muster_schema* schema, size_t tag, size_t index,
                                     muster_text* out, muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    check_index(tag, its.size(), "tag");
    check_index(index, its.tags()[tag].values.size());
    need(out, "out") = borrow(its.tags()[tag].values[index]);
  });
}
