#include "muster/match/arrow_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <optional>

#include "core/bits.hpp"
#include "core/cancelled.hpp"
#include "match/arrow_export.hpp"
#include "tags/arrow_body.hpp"

namespace muster {
namespace {

Error mismatch(std::string message) { return {Errc::invalid_argument, std::move(message), {}}; }

Error wrong_names(std::size_t names, std::size_t rules) {
  return mismatch(fmt::format("{} policy names were given for {} rules", names, rules));
}

ArrowResult to_result(ArrowParts parts) {
  ArrowSchema type{};
  ArrowArray array{};
  export_arrow(std::move(parts), type, array);
  return {type, array};
}

/// Visits users one by one: visit(user) -> void; false where it was cancelled in between.
template <class Visit>
bool each_user(std::size_t users, const CancelToken* cancel, Visit visit) {
  constexpr std::size_t between_looks = 4096;
  for (std::size_t user = 0; user < users; ++user) {
    if (user % between_looks == 0 && is_cancelled(cancel)) return false;
    visit(user);
  }
  return true;
}

/// The users of pairs, one a pair, by what names them.
class PairUsers {
 public:
  PairUsers(const Audience::Pairs& pairs, const ArrowUsers& users, const CancelToken* cancel)
      : pairs_(pairs), users_(users), cancel_(cancel) {}

  /// Nothing where it was cancelled.
  std::optional<ArrowParts> write() const {
    const auto& body = ArrowAccess::body(users_);
    if (!body.has_keys() || body.batches.empty()) {
      return numbers<std::uint64_t>("L", [](std::size_t user) { return user + 1; });
    }
    const ArrowKeys& keys = body.batches[0].keys;
    if (!keys.are_integers()) return texts();
    const auto integer = [&body, at = std::size_t{0}](std::size_t user) mutable {
      while (user >= body.batches[at].first + body.batches[at].size) ++at;
      return body.batches[at].keys.integer(user - body.batches[at].first);
    };
    return numbers<std::int64_t>(keys.are_unsigned() ? "L" : "l", integer);
  }

 private:
  std::size_t pairs_of(std::size_t user) const {
    return pairs_.first[user + 1] - pairs_.first[user];
  }

  template <class T, class ValueOf>
  std::optional<ArrowParts> numbers(std::string format, ValueOf value_of) const {
    std::vector<T> values;
    values.reserve(pairs_.rules.size());
    const bool whole = each_user(users_.size(), cancel_, [&](std::size_t user) {
      values.insert(values.end(), pairs_of(user), value_of(user));
    });
    if (!whole) return std::nullopt;
    const std::size_t length = values.size();
    return ArrowParts{"user", std::move(format), length, {arrow_buffer(std::move(values))}};
  }

  std::optional<ArrowParts> texts() const {
    std::string buffer;
    std::size_t bytes = 0;
    const bool measured = each_user(users_.size(), cancel_, [&](std::size_t user) {
      if (const std::size_t count = pairs_of(user)) {
        bytes += count * users_.key(user, buffer).size();
      }
    });
    if (!measured) return std::nullopt;
    std::vector<char> texts;
    texts.reserve(bytes);
    std::vector<std::int64_t> offsets;
    offsets.reserve(pairs_.rules.size() + 1);
    offsets.push_back(0);
    const bool written = each_user(users_.size(), cancel_, [&](std::size_t user) {
      const std::size_t count = pairs_of(user);
      if (count == 0) return;
      const std::string_view key = users_.key(user, buffer);
      for (std::size_t i = 0; i < count; ++i) {
        texts.insert(texts.end(), key.begin(), key.end());
        offsets.push_back(static_cast<std::int64_t>(texts.size()));
      }
    });
    if (!written) return std::nullopt;
    return ArrowParts{"user",
                      "U",
                      pairs_.rules.size(),
                      {arrow_buffer(std::move(offsets)), arrow_buffer(std::move(texts))}};
  }

  const Audience::Pairs& pairs_;
  const ArrowUsers& users_;
  const CancelToken* cancel_;
};

/// A stream of one array.
struct OneArray {
  ArrowResult result;

  static OneArray& of(ArrowArrayStream* stream) {
    return *static_cast<OneArray*>(stream->private_data);
  }
};

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
  try {
    copy_arrow_type(OneArray::of(stream).result.type(), *out);
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
}

/// The array, then the end: one that is released.
int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
  OneArray::of(stream).result.move_array_to(*out);
  return 0;
}

const char* get_last_error(ArrowArrayStream*) noexcept { return nullptr; }

void release(ArrowArrayStream* stream) noexcept {
  delete &OneArray::of(stream);
  stream->release = nullptr;
}

}  // namespace

ArrowResult::ArrowResult(ArrowSchema& type, ArrowArray& array) noexcept {
  std::swap(type_, type);
  std::swap(array_, array);
}

ArrowResult::ArrowResult(ArrowResult&& other) noexcept : ArrowResult(other.type_, other.array_) {}

ArrowResult& ArrowResult::operator=(ArrowResult&& other) noexcept {
  std::swap(type_, other.type_);
  std::swap(array_, other.array_);
  return *this;
}

ArrowResult::~ArrowResult() {
  if (type_.release != nullptr) type_.release(&type_);
  if (array_.release != nullptr) array_.release(&array_);
}

void ArrowResult::move_to(ArrowSchema& type, ArrowArray& array) noexcept {
  type = std::exchange(type_, {});
  move_array_to(array);
}

void ArrowResult::move_array_to(ArrowArray& array) noexcept { array = std::exchange(array_, {}); }

void ArrowResult::move_to(ArrowArrayStream& stream) {
  auto* const one = new OneArray{std::move(*this)};
  stream = {get_schema, get_next, get_last_error, release, one};
}

Result<ArrowResult> arrow_counts(std::vector<std::uint64_t> counts,
                                 std::span<const std::string> policies) {
  const std::size_t rules = counts.size();
  if (policies.size() != rules) return wrong_names(policies.size(), rules);
  ArrowParts parts{"", "+s", rules};
  parts.children.push_back(arrow_texts("policy", policies));
  parts.children.push_back({"users", "L", rules, {arrow_buffer(std::move(counts))}});
  return to_result(std::move(parts));
}

Result<ArrowResult> arrow_pairs(Audience::Pairs pairs, std::span<const std::string> policies,
                                const ArrowUsers& users, const CancelToken* cancel) {
  if (pairs.first.size() != users.size() + 1 || pairs.first.back() != pairs.rules.size()) {
    return mismatch(fmt::format("the pairs are not those of {} users", users.size()));
  }
  RuleId most = 0;
  for (std::size_t i = 0; i < pairs.rules.size(); ++i) {
    if (is_cancelled(cancel, i)) return cancelled_by_caller();
    most = std::max(most, pairs.rules[i]);
  }
  if (!pairs.rules.empty() && most >= policies.size()) {
    return wrong_names(policies.size(), most + std::size_t{1});
  }
  auto column = PairUsers(pairs, users, cancel).write();
  if (!column) return cancelled_by_caller();
  ArrowParts parts{"", "+s", pairs.rules.size()};
  parts.children.push_back(*std::move(column));
  // Rules are few enough for the same bits to be signed, which more consumers read.
  parts.children.push_back(
      {"policy", "i", parts.length, {arrow_buffer(std::move(pairs.rules))}, {}, {}});
  parts.children.back().dictionary.push_back(arrow_texts("", policies));
  return to_result(std::move(parts));
}

Result<ArrowResult> arrow_bitmap(std::vector<std::uint64_t> bitmap, std::size_t users) {
  if (bitmap.size() != words_for(users)) {
    return mismatch(
        fmt::format("a bitmap of {} words is not that of {} users", bitmap.size(), users));
  }
  return to_result({"", "b", users, {arrow_buffer(std::move(bitmap))}});
}

Result<ArrowResult> arrow_bitmaps(std::vector<std::uint64_t> bitmaps, std::size_t users,
                                  std::span<const std::string> policies) {
  const std::size_t words = words_for(users);
  if (bitmaps.size() != words * policies.size()) {
    return mismatch(fmt::format("bitmaps of {} words are not those of {} users and {} policies",
                                bitmaps.size(), users, policies.size()));
  }
  const auto all = std::make_shared<std::vector<std::uint64_t>>(std::move(bitmaps));
  ArrowParts parts{"", "+s", users};
  for (std::size_t rule = 0; rule < policies.size(); ++rule) {
    std::shared_ptr<const void> bits(all, all->data() + rule * words);
    parts.children.push_back({policies[rule], "b", users, {std::move(bits)}});
  }
  return to_result(std::move(parts));
}

}  // namespace muster
