#include "muster/tags/encoder.hpp"

#include <algorithm>
#include <array>
#include <boost/container_hash/hash.hpp>
#include <map>
#include <optional>
#include <utility>

#include "core/diagnostics.hpp"
#include "tags/feature.hpp"
#include "tags/table_body.hpp"

namespace muster {

namespace {

/// Schemas of so many tags have their booleans read at once, into an array on the stack.
constexpr std::size_t most_at_once = 4096;

/// A boolean whose bits lie in one word, which is nearly every one: encoding it needs no branch.
struct Flag {
  TagId tag;
  bool nullable;
  std::uint32_t word;
  std::array<std::uint64_t, 3> masks;  // by false, true, NULL
};

}  // namespace

struct Encoder::Body {
  Schema schema;
  std::vector<Predicate> predicates;
  std::vector<Feature> features;  // all
  std::vector<Flag> flags;
  std::vector<std::uint32_t> others;  // features that are no flags
};

namespace {

/// One feature for each tag and aspect that predicates ask about, by tag.
std::vector<Feature> make_features(const Schema& schema, std::span<const Predicate> predicates) {
  std::map<std::pair<TagId, Aspect>, std::vector<std::uint32_t>> bits;
  for (std::size_t i = 0; i < predicates.size(); ++i) {
    bits[{predicates[i].tag, predicates[i].aspect}].push_back(static_cast<std::uint32_t>(i));
  }
  std::vector<Feature> features;
  features.reserve(bits.size());
  for (auto& [key, positions] : bits) features.emplace_back(schema, predicates, positions);
  return features;
}

bool is_flag(const Feature& feature) {
  const auto bits = feature.bits();
  return feature.type() == TagType::boolean && bits.front() / 64 == bits.back() / 64;
}

Flag make_flag(const Feature& feature, std::span<const Predicate> predicates) {
  Flag flag{feature.tag(), feature.is_nullable(), feature.bits().front() / 64, {}};
  for (const std::uint32_t bit : feature.bits()) {
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    for (const CategoryCode code : predicates[bit].codes) {
      flag.masks[static_cast<std::size_t>(code)] |= mask;
    }
    if (predicates[bit].null) flag.masks[2] |= mask;
  }
  return flag;
}

bool can_be(const Flag& flag, unsigned value) { return value < 2 || (value == 2 && flag.nullable); }

/// The first tag whose flag can not be encoded. REQUIRES: there is one.
template <class FlagOf>
TagId first_unsuitable(std::span<const Flag> flags, FlagOf flag_of) {
  TagId first{UINT16_MAX};
  for (const Flag& flag : flags) {
    if (!can_be(flag, flag_of(flag.tag))) first = std::min(first, flag.tag);
  }
  return first;
}

/// Encodes the flags by `flag_of(tag)`: 0, 1, 2 for NULL, 3 for no boolean. Gives the first tag
/// that can not be encoded.
template <class FlagOf>
std::optional<TagId> encode_flags(std::span<const Flag> flags, std::uint64_t* out, FlagOf flag_of) {
  for (std::size_t i = 0; i < flags.size();) {
    const std::uint32_t word = flags[i].word;
    std::uint64_t bits = 0;
    for (; i < flags.size() && flags[i].word == word; ++i) {
      const unsigned value = flag_of(flags[i].tag);
      if (!can_be(flags[i], value)) return first_unsuitable(flags, flag_of);
      bits |= flags[i].masks[value];
    }
    out[word] |= bits;
  }
  return {};
}

unsigned as_flag(const Cell& cell) {
  if (is_null(cell)) return 2;
  const bool* value = std::get_if<bool>(&cell);
  return value != nullptr ? *value : 3;
}

Error unsuitable(const Tag& tag, const Cell& cell) {
  if (is_null(cell)) {
    return {Errc::missing_value, in_quotes(tag.name) + " is not nullable, but has no value", {}};
  }
  return {
      Errc::wrong_type,
      in_quotes(tag.name) + " is a " + std::string(name(tag.type)) + ", but has a value outside it",
      {}};
}

}  // namespace

Error other_schema() {
  return {Errc::schema_mismatch, "the users are of another schema than the rules", {}};
}

std::span<const Feature> EncoderAccess::features(const Encoder& encoder) noexcept {
  return encoder.body_->features;
}

Encoder::Encoder(Schema schema, std::vector<Predicate> predicates) {
  Body body{std::move(schema), std::move(predicates), {}, {}, {}};
  body.features = make_features(body.schema, body.predicates);
  for (std::uint32_t i = 0; i < body.features.size(); ++i) {
    if (is_flag(body.features[i])) {
      body.flags.push_back(make_flag(body.features[i], body.predicates));
    } else {
      body.others.push_back(i);
    }
  }
  // Word by word, so that a word is written once, and no branch is foretold wrongly on the way.
  std::stable_sort(body.flags.begin(), body.flags.end(),
                   [](const Flag& a, const Flag& b) { return a.word < b.word; });
  body_ = std::make_shared<const Body>(std::move(body));
}

const Schema& Encoder::schema() const noexcept { return body_->schema; }
std::span<const Predicate> Encoder::predicates() const noexcept { return body_->predicates; }

std::size_t Encoder::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(Body);
  for (const Predicate& predicate : body_->predicates) {
    bytes += sizeof(Predicate) + predicate.codes.capacity() * sizeof(CategoryCode) +
             predicate.cuts.capacity() * sizeof(Cut);
  }
  for (const Feature& feature : body_->features) bytes += sizeof(Feature) + feature.memory_bytes();
  return bytes;
}

std::uint64_t Encoder::fingerprint() const noexcept {
  std::size_t seed = body_->schema.fingerprint();
  for (const Predicate& predicate : body_->predicates) {
    boost::hash_combine(seed, hash_value(predicate));
  }
  return seed == 0 ? 1 : seed;
}

Result<void> Encoder::encode(const UserView& user, Date today, std::span<std::uint64_t> out) const {
  const Body& body = *body_;
  // Cells of another schema would be read past their end.
  const std::uint64_t its_schema = user.schema_fingerprint();
  if (its_schema != 0 && its_schema != body.schema.fingerprint()) return other_schema();

  std::fill(out.begin(), out.end(), 0);
  std::optional<TagId> bad;
  if (const auto* row = dynamic_cast<const UserTable::Row*>(&user)) {
    const TableAccess::Body& table = TableAccess::body(*row->table_);
    bad = encode_flags(body.flags, out.data(), [&table, user = row->user_](TagId tag) {
      return table.column(tag).flag(user);
    });
  } else if (std::array<std::uint8_t, most_at_once> values;
             body.schema.size() <= most_at_once &&
             user.booleans({values.data(), body.schema.size()})) {
    bad = encode_flags(body.flags, out.data(), [&](TagId tag) -> unsigned {
      return values[static_cast<std::size_t>(tag)];
    });
  } else {
    bad = encode_flags(body.flags, out.data(), [&](TagId tag) { return as_flag(user.cell(tag)); });
  }
  if (bad) return unsuitable(body.schema.tag(*bad), user.cell(*bad));
  for (const std::uint32_t i : body.others) {
    const Feature& feature = body.features[i];
    const Cell cell = feature.is_derived() ? value_of(body.schema, user, feature.tag())
                                           : user.cell(feature.tag());
    if (!feature.encode(cell, today, out.data())) {
      return unsuitable(body.schema.tag(feature.tag()), cell);
    }
  }
  return {};
}

Result<std::vector<std::uint64_t>> Encoder::encode(const UserView& user, Date today) const {
  std::vector<std::uint64_t> out(words());
  if (auto ok = encode(user, today, out); !ok) return std::move(ok).error();
  return out;
}

}  // namespace muster
