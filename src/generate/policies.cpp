#include "generate/policies.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace muster::generate {
namespace {

/// A number with at most one digit after the point, in tenths.
std::int64_t tenths(std::string_view text) {
  const std::size_t point = text.find('.');
  std::int64_t whole = 0;
  std::from_chars(text.data(), text.data() + std::min(point, text.size()), whole);
  return whole * 10 + (point == std::string_view::npos ? 0 : text[point + 1] - '0');
}

std::string from_tenths(std::int64_t value) {
  std::string text = std::to_string(value / 10);
  if (value % 10 != 0) text.append(1, '.').append(std::to_string(value % 10));
  return text;
}

/// `low..high/step`, or `low..high/step+width`.
std::string fill_number(std::string_view blank, Random& random) {
  const std::size_t dots = blank.find("..");
  const std::size_t slash = blank.find('/');
  const std::size_t plus = std::min(blank.find('+'), blank.size());
  const std::int64_t low = tenths(blank.substr(0, dots));
  const std::int64_t high = tenths(blank.substr(dots + 2, slash - dots - 2));
  const std::int64_t step = tenths(blank.substr(slash + 1, plus - slash - 1));
  const std::int64_t value = low + step * random.below((high - low) / step + 1);
  if (plus == blank.size()) return from_tenths(value);
  return from_tenths(value) + " AND " + from_tenths(value + tenths(blank.substr(plus + 1)));
}

/// `tag`, or `tag*most` for a list.
std::string fill_category(const Schema& schema, std::string_view blank, Random& random) {
  const std::size_t star = blank.find('*');
  const std::vector<std::string>& values = schema.tag(*schema.find(blank.substr(0, star))).values;
  const auto pick = [&] {
    return values[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(values.size())))];
  };
  if (star == std::string_view::npos) return pick();
  std::vector<std::string> picked;
  for (std::int64_t n = random.between(1, blank.back() - '0'); n > 0; --n) {
    std::string one = "'" + pick() + "'";
    if (std::find(picked.begin(), picked.end(), one) == picked.end()) {
      picked.push_back(std::move(one));
    }
  }
  std::string list = picked.front();
  for (std::size_t i = 1; i < picked.size(); ++i) list += ", " + picked[i];
  return list;
}

void append_filled(std::string& out, std::string_view text, const Schema& schema, Random& random) {
  for (std::size_t open; (open = text.find('{')) != std::string_view::npos;) {
    const std::size_t close = text.find('}');
    const std::string_view blank = text.substr(open + 1, close - open - 1);
    out += text.substr(0, open);
    out += blank.find("..") != std::string_view::npos ? fill_number(blank, random)
                                                      : fill_category(schema, blank, random);
    text.remove_prefix(close + 1);
  }
  out += text;
}

std::string padded(std::size_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

/// Nothing the generator writes holds a quote or a control character: braces and text suffice.
void append_entry(std::string& out, std::size_t index, std::string_view text) {
  out += index == 0 ? "\n    " : ",\n    ";
  out += text;
}

}  // namespace

std::string PolicyWriter::id(std::size_t index) { return "P" + padded(index + 1, 7); }

std::string PolicyWriter::name(std::size_t index) {
  const auto templates = policy_templates();
  std::string name(templates[index % templates.size()].name);
  const std::size_t round = index / templates.size();
  return round == 0 ? name : name + " " + std::to_string(round + 1);
}

std::string PolicyWriter::rule(std::size_t index) const {
  Random random(Random(seed_ ^ (index * 0xD6E8FEB86659FD93u)).next());
  const auto templates = policy_templates();
  std::string rule;
  append_filled(rule, templates[index % templates.size()].rule, schema_, random);
  if (index < templates.size()) return rule;
  for (std::int64_t n = random.between(1, 3); n > 0; --n) {
    const auto more = static_cast<std::int64_t>(refinements().size());
    rule += " AND ";
    append_filled(rule, refinements()[static_cast<std::size_t>(random.below(more))], schema_,
                  random);
  }
  return rule;
}

bool write_catalogue(const Schema& schema, std::uint64_t seed, std::size_t policies,
                     const std::function<bool(std::string_view)>& write) {
  const PolicyWriter writer(schema, seed);
  std::string out = "{\n  \"schema\": " + schema.to_json() + ",\n  \"segments\": {";
  for (std::size_t i = 0; i < segment_texts().size(); ++i) {
    const SegmentText& segment = segment_texts()[i];
    append_entry(out, i,
                 "\"" + std::string(segment.name) + "\": \"" + std::string(segment.rule) + "\"");
  }
  out += "\n  },\n  \"policies\": [";
  for (std::size_t i = 0; i < policies; ++i) {
    append_entry(out, i,
                 "{\"id\": \"" + PolicyWriter::id(i) + "\", \"name\": \"" + PolicyWriter::name(i) +
                     "\",\n     \"segment\": \"" + writer.rule(i) + "\"}");
    if (out.size() < 1 << 16) continue;
    if (!write(out)) return false;
    out.clear();
  }
  return write(out + "\n  ]\n}\n");
}

}  // namespace muster::generate
