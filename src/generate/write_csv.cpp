#include <fmt/format.h>

#include <charconv>

#include "generate/population.hpp"

namespace muster::generate {
namespace {

void append_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

/// value / 10^decimals, exactly.
void append_decimal(std::string& out, std::int64_t value, int decimals) {
  if (decimals == 0) return append_integer(out, value);
  const std::int64_t unit = decimals == 1 ? 10 : 100;
  if (value < 0) out += '-';
  const std::int64_t size = value < 0 ? -value : value;
  append_integer(out, size / unit);
  const std::int64_t rest = size % unit;
  if (rest == 0) return;
  out += '.';
  if (rest * 10 < unit) out += '0';
  append_integer(out, rest);
}

void append_set(std::string& out, const Tag& tag, std::int64_t mask) {
  if (mask == 0) out += "\"\"";  // known to be empty, where nothing would be NULL
  bool first = true;
  for (std::size_t code = 0; code < tag.values.size(); ++code) {
    if ((mask >> code & 1) == 0) continue;
    if (!first) out += '|';
    out += tag.values[code];
    first = false;
  }
}

/// No name or category of the population needs quotes.
void append_cell(std::string& out, const DraftTag& draft, std::int64_t value) {
  if (value == unknown) return;
  switch (draft.tag.type) {
    case TagType::boolean:
      out += value ? '1' : '0';
      return;
    case TagType::category:
      out += draft.tag.values[static_cast<std::size_t>(value)];
      return;
    case TagType::category_set:
      append_set(out, draft.tag, value);
      return;
    case TagType::number:
      append_decimal(out, value, draft.decimals);
      return;
    case TagType::date:
      out += to_string(Date{static_cast<std::int32_t>(value)});
      return;
  }
}

}  // namespace

std::vector<std::size_t> Population::columns() const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < tags().size(); ++i) {
    if (tags()[i].tag.derived.empty()) all.push_back(i);
  }
  return all;
}

Result<std::vector<std::size_t>> Population::columns_for(const Schema& schema) const {
  std::vector<std::size_t> some;
  for (const Tag& tag : schema.tags()) {
    if (!tag.derived.empty()) continue;
    const auto found = schema_.find(tag.name);
    if (!found) {
      return Error{
          Errc::unknown_tag, fmt::format("the made-up population has no tag '{}'", tag.name), {}};
    }
    const Tag& own = schema_.tag(*found);
    if (own.type != tag.type || !own.derived.empty()) {
      return Error{
          Errc::schema_mismatch,
          fmt::format("in the made-up population '{}' is a {}{}, not a {}", tag.name,
                      own.derived.empty() ? "" : "derived ", name(own.type), name(tag.type)),
          {}};
    }
    some.push_back(static_cast<std::size_t>(*found));
  }
  return some;
}

void Population::append_csv_header(std::string& out, std::span<const std::size_t> columns) const {
  out += schema_.key();
  for (const std::size_t i : columns) out.append(1, ',').append(tags()[i].tag.name);
  out += '\n';
}

void Population::append_csv_line(std::string& out, std::span<const std::size_t> columns,
                                 std::uint64_t index, std::span<std::int64_t> cells) const {
  draw(index, cells);
  out += key(index);
  for (const std::size_t i : columns) {
    out += ',';
    append_cell(out, tags()[i], cells[i]);
  }
  out += '\n';
}

}  // namespace muster::generate
