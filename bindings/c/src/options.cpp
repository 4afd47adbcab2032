#include "options.hpp"

#include "structs.hpp"

namespace muster::c {

Limits to_limits(const muster_limits* given) {
  const muster_limits its = read_struct(given, "limits");
  Limits out;
  const auto set = [](std::size_t& limit, std::uint64_t value) {
    if (value != 0) limit = value;
  };
  set(out.max_rule_bytes, its.rule_bytes);
  set(out.max_rule_depth, its.rule_depth);
  set(out.max_rule_literals, its.rule_literals);
  set(out.max_rules, its.rules);
  set(out.max_segments, its.segments);
  set(out.max_shared_segments, its.shared_segments);
  set(out.max_rule_conjunctions, its.rule_conjunctions);
  set(out.max_bits, its.bits);
  set(out.max_tags, its.tags);
  set(out.max_categories, its.categories);
  set(out.max_channels, its.channels);
  set(out.max_contact_rules, its.contact_rules);
  set(out.max_catalogue_bytes, its.catalogue_bytes);
  set(out.max_saved_bytes, its.saved_bytes);
  set(out.max_users, its.users);
  set(out.max_cell_bytes, its.cell_bytes);
  return out;
}

Run::Run(const muster_run* given) {
  const muster_run its = read_struct(given, "run");
  options_.threads = its.threads == MUSTER_ALL_THREADS ? 0 : std::max(its.threads, 1u);
  if (its.progress == nullptr) return;
  options_.cancel = &token_;
  options_.progress = [this, its](std::uint64_t done, std::uint64_t total) {
    if (its.progress(its.context, done, total) != 0) token_.cancel();
  };
}

Compile::Compile(const muster_compile_options* given)
    : given_(read_struct(given, "options")), run_(given_.run) {
  options_.run = run_.options();
  options_.kernel =
      text(given_.kernel, given_.kernel == nullptr ? 0 : given_.kernel_length, "kernel");
}

}  // namespace muster::c
