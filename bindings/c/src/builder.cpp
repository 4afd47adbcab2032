#include <optional>

#include "handles.hpp"
#include "options.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

/// Empty once it is compiled.
struct muster_builder {
  std::optional<RuleSetBuilder> value;
};

namespace {

RuleSetBuilder& body(muster_builder* builder) {
  auto& its = need(builder, "builder").value;
  if (!its) refuse_argument("builder", "was compiled already");
  return *its;
}

}  // namespace

muster_status muster_builder_new(const muster_schema* schema, const muster_limits* limits,
                                 muster_builder** out, muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    auto& builder = need(out, "out");
    builder = new muster_builder{RuleSetBuilder(its, to_limits(limits))};
  });
}

void muster_builder_free(muster_builder* builder) { delete builder; }

muster_status muster_builder_define(muster_builder* builder, const char* name, size_t name_length,
                                    const char* rule, size_t rule_length, muster_error* error) {
  return call(error, [&] {
    body(builder).define(text(name, name_length, "name"), text(rule, rule_length, "rule")).value();
  });
}

muster_status muster_builder_add(muster_builder* builder, const char* rule, size_t length,
                                 uint32_t* id, muster_error* error) {
  return call(error, [&] {
    RuleSetBuilder& its = body(builder);
    const RuleId added = its.add(text(rule, length, "rule")).value();
    if (id != nullptr) *id = added;
    return std::vector<Diagnostic>(its.warnings().begin(), its.warnings().end());
  });
}

muster_status muster_builder_compile(muster_builder* builder, const muster_compile_options* options,
                                     muster_rules** out, muster_error* error) {
  return call(error, [&] {
    RuleSetBuilder& its = body(builder);
    auto& rules = need(out, "out");
    const Compile compile(options);
    RuleSetBuilder taken = std::move(its);
    builder->value.reset();
    rules = new muster_rules(std::move(taken).compile(compile.options()).value());
  });
}
