#include <fmt/format.h>

#include "day.hpp"
#include "handles.hpp"
#include "lookup.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

struct muster_matcher {
  explicit muster_matcher(const RuleSet& its_rules) : rules(its_rules), scratch(its_rules) {}
  RuleSet rules;
  Scratch scratch;
  std::vector<RuleId> entered, left;
};

namespace {

void check_size(size_t given, size_t wanted, const char* name) {
  if (given != wanted) refuse_argument(name, fmt::format("is {}, but must be {}", given, wanted));
}

/// The words of an encoded user.
template <class Word>
std::span<Word> bits_of(const RuleSet& rules, Word* bits, size_t words, const char* name = "bits") {
  check_size(words, rules.encoder().words(), "words");
  return {array(bits, words, name), words};
}

void encode(const RuleSet& rules, const UserView& user, int32_t today, std::span<uint64_t> bits) {
  check_schema(user.schema_fingerprint(), rules.schema());
  rules.encoder().encode(user, day(today), bits).value();
}

/// As many as there is room for.
void copy_ids(const std::vector<RuleId>& ids, uint32_t* out, size_t capacity) {
  std::copy_n(ids.begin(), std::min(ids.size(), capacity), out);
}

}  // namespace

muster_status muster_matcher_new(const muster_rules* rules, muster_matcher** out,
                                 muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    auto& matcher = need(out, "out");
    matcher = new muster_matcher(its);
  });
}

void muster_matcher_free(muster_matcher* matcher) { delete matcher; }

muster_status muster_encode_user(const muster_rules* rules, const muster_user* user, int32_t today,
                                 uint64_t* bits, size_t words, muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    encode(its, need(user, "user").value, today, bits_of(its, bits, words));
  });
}

muster_status muster_encode_row(const muster_rules* rules, const muster_layout* layout,
                                const void* row, int32_t today, uint64_t* bits, size_t words,
                                muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    const RowView view(need(layout, "layout").value,
                       array(static_cast<const std::byte*>(row), 1, "row"));
    const auto out = bits_of(its, bits, words);
    check_schema(view.schema_fingerprint(), its.schema());
    const auto encoded = its.encoder().encode(view, day(today), out);
    view.check();  // says more of a NULL than the encoder can
    encoded.value();
  });
}

muster_status muster_match(muster_matcher* matcher, const uint64_t* bits, size_t words,
                           uint32_t* ids, size_t capacity, size_t* count, muster_error* error) {
  return call(error, [&] {
    muster_matcher& its = need(matcher, "matcher");
    const auto user = bits_of(its.rules, bits, words);
    size_t& out = need(count, "count");
    out = its.rules.match(user, its.scratch, {array(ids, capacity, "ids"), capacity});
  });
}

muster_status muster_match_bitmap(muster_matcher* matcher, const uint64_t* bits, size_t words,
                                  uint64_t* out, size_t out_words, muster_error* error) {
  return call(error, [&] {
    muster_matcher& its = need(matcher, "matcher");
    const auto user = bits_of(its.rules, bits, words);
    check_size(out_words, (its.rules.size() + 63) / 64, "out_words");
    its.rules.match_bits(user, its.scratch, {array(out, out_words, "out"), out_words});
  });
}

muster_status muster_match_rule(const muster_rules* rules, const uint64_t* bits, size_t words,
                                uint32_t rule, int32_t* matches, muster_error* error) {
  return call(error, [&] {
    const RuleSet& its = need(rules, "rules").value;
    check_index(rule, its.size(), "rule");
    need(matches, "matches") = its.matches(bits_of(its, bits, words), rule);
  });
}

muster_status muster_changed(muster_matcher* matcher, const uint64_t* before, const uint64_t* after,
                             size_t words, uint32_t* entered, size_t entered_capacity,
                             size_t* entered_count, uint32_t* left, size_t left_capacity,
                             size_t* left_count, muster_error* error) {
  return call(error, [&] {
    muster_matcher& its = need(matcher, "matcher");
    const auto old_user = bits_of(its.rules, before, words, "before");
    const auto new_user = bits_of(its.rules, after, words, "after");
    array(entered, entered_capacity, "entered");
    array(left, left_capacity, "left");
    size_t& entered_size = need(entered_count, "entered_count");
    size_t& left_size = need(left_count, "left_count");
    its.entered.clear();
    its.left.clear();
    its.rules.changed(old_user, new_user, its.scratch, its.entered, its.left);
    copy_ids(its.entered, entered, entered_capacity);
    copy_ids(its.left, left, left_capacity);
    entered_size = its.entered.size();
    left_size = its.left.size();
  });
}
