#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/checksum.hpp"
#include "decide/record.hpp"
#include "decide/record_bytes.hpp"
#include "decide/record_format.hpp"

namespace muster {
namespace {

Error corrupt(std::string_view why) {
  return {Errc::corrupt, "the decision record is damaged: " + std::string(why), {}};
}

enum CellKind : std::uint64_t {
  null_cell,
  flag_cell,
  number_cell,
  date_cell,
  code_cell,
  codes_cell
};
static_assert(std::variant_size_v<Cell> == codes_cell + 1);

CategoryCode get_code(RecordReader& in) { return static_cast<CategoryCode>(in.get(0xffff)); }

Cell get_number(RecordReader& in) {
  const double nearest = in.get_double();
  const std::int64_t rest = in.get_signed();
  if (std::isnan(nearest) || rest < INT16_MIN || rest > INT16_MAX) {
    in.fail();
    return {};
  }
  return Number::from_parts(nearest, static_cast<std::int16_t>(rest));
}

Cell get_date(RecordReader& in) {
  const std::int64_t days = in.get_signed();
  if (days >= first_date.days && days <= last_date.days) {
    return Date{static_cast<std::int32_t>(days)};
  }
  in.fail();
  return {};
}

Recorded::Value get_value(RecordReader& in) {
  switch (in.get(codes_cell)) {
    case flag_cell:
      return {in.get(1) != 0, {}};
    case number_cell:
      return {get_number(in), {}};
    case date_cell:
      return {get_date(in), {}};
    case code_cell:
      return {get_code(in), {}};
    case codes_cell: {
      std::vector<CategoryCode> codes(in.get_count(1));
      for (CategoryCode& code : codes) code = get_code(in);
      const bool ascend =
          std::adjacent_find(codes.begin(), codes.end(), std::greater_equal<>()) == codes.end();
      if (!ascend) in.fail();
      return {std::span<const CategoryCode>(), std::move(codes)};
    }
    default:
      return {};
  }
}

Contact get_contact(RecordReader& in) {
  Contact contact;
  contact.at.seconds = in.get_signed();
  contact.policy = in.get_text();
  contact.channel = in.get_text();
  contact.outcome = static_cast<Outcome>(in.get(0xff));
  const std::uint64_t scope = in.get(0xff);
  contact.scope = static_cast<ContactRule::Scope>(scope & ~std::uint64_t{record_answer});
  contact.answer = (scope & record_answer) != 0;
  return contact;
}

void get_lists(RecordReader& in, Recorded& out) {
  for (std::size_t left = in.get_count(1); left > 0 && in.good(); --left) {
    out.values.push_back(get_value(in));
  }
  for (std::size_t left = in.get_count(5); left > 0 && in.good(); --left) {
    out.contacts.push_back(get_contact(in));
  }
  for (std::size_t left = in.get_count(10); left > 0 && in.good(); --left) {
    std::string policy = in.get_text();
    const std::uint64_t acceptances = in.get();
    out.taken.emplace_back(std::move(policy), Taken{acceptances, in.get_double()});
  }
}

bool suits(const Tag& tag, const Recorded::Value& value) {
  const auto known = [&](CategoryCode code) {
    return static_cast<std::size_t>(code) < tag.values.size();
  };
  switch (value.cell.index()) {
    case null_cell:
      return true;  // rules that ask refuse it where it must not be
    case flag_cell:
      return tag.type == TagType::boolean;
    case number_cell:
      return tag.type == TagType::number;
    case date_cell:
      return tag.type == TagType::date;
    case code_cell:
      return tag.type == TagType::category && known(std::get<CategoryCode>(value.cell));
    default:
      return tag.type == TagType::category_set &&
             std::all_of(value.codes.begin(), value.codes.end(), known);
  }
}

}  // namespace

Result<Recorded> read_record(std::span<const std::byte> bytes) {
  if (bytes.size() < record_magic.size() + record_checksum_bytes) return corrupt("too short");
  const std::size_t size = bytes.size() - record_checksum_bytes;
  RecordReader in(bytes.first(size));
  if (in.get_raw(record_magic.size()) != record_magic) return corrupt("it does not begin as one");
  if (RecordReader(bytes.subspan(size)).get_whole() != checksum(bytes.data(), size)) {
    return corrupt("its checksum is wrong");
  }
  if (const std::uint64_t version = in.get(); version != record_version && in.good()) {
    return Error{Errc::unsupported_version,
                 fmt::format("a decision record of version {}; this library reads version {}",
                             version, record_version),
                 {}};
  }
  Recorded out;
  out.catalogue_version = in.get_text();
  out.content_hash = in.get_whole();
  out.schema = in.get_whole();
  out.user = in.get_text();
  out.now.seconds = in.get_signed();
  out.seed = in.get();
  get_lists(in, out);
  if (!in.good()) return corrupt("it can not be read");
  if (in.left() > 0) return corrupt("something follows its end");
  return out;
}

Result<RecordedUser> RecordedUser::make(const Schema& schema, const Recorded& recorded) {
  RecordedUser user;
  user.cells_.resize(schema.size());
  if (recorded.schema != schema.fingerprint() ||
      recorded.values.size() != schema.size() - schema.derived_order().size()) {
    return corrupt("its user is of another schema than its catalogue");
  }
  auto value = recorded.values.begin();
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const auto tag = static_cast<TagId>(i);
    if (schema.arithmetic(tag) != nullptr) continue;
    if (!suits(schema.tag(tag), *value)) return corrupt("a value does not suit its tag");
    user.cells_[i] = value->cell;
    if (value->cell.index() == codes_cell) user.cells_[i] = std::span(value->codes);
    ++value;
  }
  return user;
}

Taken RecordedHistory::taken(std::string_view policy) const noexcept {
  const auto& all = recorded_.taken;
  const auto found =
      std::lower_bound(all.begin(), all.end(), policy,
                       [](const auto& one, std::string_view wanted) { return one.first < wanted; });
  return found == all.end() || found->first != policy ? Taken() : found->second;
}

}  // namespace muster
