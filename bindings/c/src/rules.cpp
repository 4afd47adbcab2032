#include "buffer.hpp"
#include "handles.hpp"
#include "options.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

void muster_rules_retain(muster_rules* rules) { retain(rules); }
void muster_rules_release(muster_rules* rules) { release(rules); }

muster_status muster_rules_describe(const muster_rules* rules, muster_rules_info* out,
                                    muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    write_struct(out,
                 {0, its.size(), its.encoder().words(), its.memory_bytes(), borrow(its.kernel())});
  });
}

muster_status muster_rules_schema(const muster_rules* rules, muster_schema** out,
                                  muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    auto& schema = need(out, "out");
    schema = new muster_schema(its.schema());
  });
}

muster_status muster_rules_save(const muster_rules* rules, muster_buffer* out,
                                muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    muster_buffer& buffer = need(out, "out");
    const auto bytes = its.save();
    fill(buffer, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
}

muster_status muster_rules_load(const void* bytes, size_t length,
                                const muster_compile_options* options, const muster_limits* limits,
                                muster_rules** out, muster_error* error) {
  return call(error, [&] {
    auto& rules = need(out, "out");
    const auto* data = array(static_cast<const std::byte*>(bytes), length, "bytes");
    const Compile compile(options);
    rules = new muster_rules(
        RuleSet::load({data, length}, compile.options(), to_limits(limits)).value());
  });
}
