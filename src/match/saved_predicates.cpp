#include "match/saved_predicates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tags/predicate_sets.hpp"

namespace muster {
namespace {

constexpr std::size_t smallest_predicate = 13;
constexpr std::size_t code_size = 2;
constexpr std::size_t cut_size = 11;

void write(ByteWriter& out, const Predicate& predicate) {
  out.put(static_cast<std::uint16_t>(predicate.tag));
  out.put(static_cast<std::uint8_t>(predicate.aspect));
  out.put(static_cast<std::uint8_t>(predicate.null));
  out.put(static_cast<std::uint8_t>(predicate.none_of));
  out.put(static_cast<std::uint32_t>(predicate.codes.size()));
  for (const CategoryCode code : predicate.codes) out.put(static_cast<std::uint16_t>(code));
  out.put(static_cast<std::uint32_t>(predicate.cuts.size()));
  for (const Cut& cut : predicate.cuts) {
    out.put(cut.at.to_double());
    out.put(cut.at.rest());
    out.put(static_cast<std::uint8_t>(cut.after));
  }
}

// Whether the parts are what a Number has: a double but NaN, or a 64-bit integer's nearest
// double and what that misses.
bool is_number(double nearest, std::int16_t rest) {
  if (std::isnan(nearest) || (nearest == 0 && std::signbit(nearest))) return false;
  if (rest == 0) return true;
  constexpr double end = 9223372036854775808.0;  // 2^63; at it only integers below it round up
  if (!(nearest >= -end && nearest <= end) || (nearest == end && rest > 0)) return false;
  const auto whole = nearest == end ? INT64_MAX : static_cast<std::int64_t>(nearest);
  const std::int64_t missing = nearest == end ? rest + 1 : rest;
  if (whole == INT64_MIN && missing < 0) return false;
  const Number number(whole + missing);
  return number.to_double() == nearest && number.rest() == rest;
}

struct SavedFlag {
  bool value = false;
  bool good = false;
};

SavedFlag read_flag(ByteReader& in) {
  const auto byte = in.get<std::uint8_t>();
  return {byte == 1, byte <= 1};
}

bool read_codes(ByteReader& in, std::vector<CategoryCode>& out) {
  const auto count = in.get<std::uint32_t>();
  if (count > in.left() / code_size) return false;
  for (std::uint32_t i = 0; i < count; ++i) out.push_back(CategoryCode{in.get<std::uint16_t>()});
  return true;
}

bool read_cuts(ByteReader& in, std::vector<Cut>& out) {
  const auto count = in.get<std::uint32_t>();
  if (count > in.left() / cut_size) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double nearest = in.get_double();
    const auto rest = in.get<std::int16_t>();
    const SavedFlag after = read_flag(in);
    if (!after.good || !is_number(nearest, rest)) return false;
    out.push_back({Number::from_parts(nearest, rest), after.value});
  }
  return true;
}

bool read(ByteReader& in, Predicate& out) {
  out.tag = TagId{in.get<std::uint16_t>()};
  const SavedFlag days_until = read_flag(in);
  const SavedFlag null = read_flag(in);
  const SavedFlag none_of = read_flag(in);
  out.aspect = days_until.value ? Aspect::days_until : Aspect::value;
  out.null = null.value;
  out.none_of = none_of.value;
  return days_until.good && null.good && none_of.good && read_codes(in, out.codes) &&
         read_cuts(in, out.cuts) && in.good();
}

template <class T>
bool ascend(const std::vector<T>& values) {
  return std::adjacent_find(values.begin(), values.end(), std::greater_equal<T>()) == values.end();
}

bool suits(const Tag& tag, const Predicate& predicate) {
  const bool line = tag.type == TagType::number || tag.type == TagType::date;
  if (predicate.aspect == Aspect::days_until && tag.type != TagType::date) return false;
  if (predicate.none_of && tag.type != TagType::category_set) return false;
  if (line ? !predicate.codes.empty() : !predicate.cuts.empty()) return false;
  const std::size_t values = tag.type == TagType::boolean ? 2 : tag.values.size();
  return predicate.codes.empty() || static_cast<std::size_t>(predicate.codes.back()) < values;
}

const char* problem_of(const Schema& schema, const Predicate& predicate) {
  if (static_cast<std::size_t>(predicate.tag) >= schema.size()) {
    return "names a tag that the schema lacks";
  }
  if (!ascend(predicate.codes) || !ascend(predicate.cuts)) return "has values out of order";
  if (!suits(schema.tag(predicate.tag), predicate)) return "does not suit its tag";
  if (canonical(schema, predicate) != predicate) return "is not in its canonical form";
  return nullptr;
}

Error corrupt(std::size_t index, const char* problem) {
  return {Errc::corrupt, fmt::format("predicate {} {}", index, problem), {}};
}

}  // namespace

void write_predicates(ByteWriter& out, std::span<const Predicate> predicates) {
  out.put(std::uint64_t{predicates.size()});
  for (const Predicate& predicate : predicates) write(out, predicate);
}

Result<std::vector<Predicate>> read_predicates(ByteReader& in, const Schema& schema,
                                               std::size_t max_bits) {
  const auto count = in.get<std::uint64_t>();
  if (count > in.left() / smallest_predicate) {
    return Error{Errc::corrupt, "there are fewer bytes than predicates", {}};
  }
  if (count > max_bits) {
    return Error{Errc::limit,
                 fmt::format("it has {} predicates, more than max_bits ({})", count, max_bits),
                 {}};
  }
  std::vector<Predicate> out(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!read(in, out[i])) return corrupt(i, "can not be read");
    if (const char* problem = problem_of(schema, out[i])) return corrupt(i, problem);
  }
  return out;
}

}  // namespace muster
