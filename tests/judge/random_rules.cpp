#include "judge/random_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/token.hpp"

namespace muster::judge {
namespace {

const std::vector<std::string> names = {
    "plan_fee", "arpu_3m", "套餐月费", "plan fee", "and",   "终端",      "it's", "say \"hi\"",
    "_x",       "T",       "t",        "contract", "Known", "последний", "0th",  "days_since"};

const std::vector<std::string> categories = {
    "iPhone", "iPhone 15", "iphone", "Huawei", "苹果", "苹果手机", "it's", "\"quoted\"", "50%",
    "a_b",    "NULL",      "TRUE",   "1",      "1.0",  "zz z",     "🙂", "--x",        "É"};

const std::vector<Value> numbers = {std::int64_t{0},
                                    std::int64_t{1},
                                    std::int64_t{2},
                                    std::int64_t{96},
                                    std::int64_t{-7},
                                    std::int64_t{9007199254740991},
                                    std::int64_t{9007199254740992},
                                    std::int64_t{9007199254740993},
                                    std::int64_t{-9007199254740993},
                                    std::numeric_limits<std::int64_t>::max(),
                                    std::numeric_limits<std::int64_t>::min(),
                                    9223372036854775808.0,
                                    -9223372036854775808.0,
                                    9007199254740992.0,
                                    0.5,
                                    96.0,
                                    96.5,
                                    -0.0,
                                    1e20,
                                    -1e20,
                                    5e-324};

const std::vector<std::string> days = {"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-28",
                                       "2024-02-29", "2024-03-01", "2025-06-14", "2025-06-15",
                                       "2025-06-16", "9999-12-31"};

bool is_text(const Tag& tag) {
  return tag.type == TagType::category || tag.type == TagType::category_set;
}

std::vector<std::string> random_dictionary(Random& random) {
  std::vector<std::string> values = categories;
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
  values.resize(2 + random.below(values.size() - 1));
  return values;
}

Set random_set(Random& random, const Tag& tag) {
  Set set;
  for (const std::string& value : tag.values) {
    if (random.chance(0.3)) set.insert(value);
  }
  return set;
}

Value random_number(Random& random) {
  if (random.chance(0.03)) {
    const double infinity = std::numeric_limits<double>::infinity();
    return random.chance(0.5) ? infinity : -infinity;
  }
  return random.pick(numbers);
}

Value random_value(Random& random, const Tag& tag) {
  if (tag.nullable && random.chance(0.25)) return {};
  switch (tag.type) {
    case TagType::boolean:
      return random.chance(0.5) ? Truth::yes : Truth::no;
    case TagType::category:
      return random.pick(tag.values);
    case TagType::category_set:
      return random_set(random, tag);
    case TagType::number:
      return random_number(random);
    case TagType::date:
      break;
  }
  return *parse_date(random.pick(days));
}

/// Writes random rule text.
class Writer {
 public:
  Writer(Random& random, std::span<const Tag> tags, const RuleOptions& options)
      : random_(random), tags_(tags), options_(options) {}

  std::string condition(int depth) {
    if (depth == 0 || random_.chance(0.15)) return leaf();
    switch (random_.below(8)) {
      case 0:
        return word("NOT") + " " + condition(depth - 1);
      case 1:
        return "(" + condition(depth - 1) + ")";
      case 2:
        return "(" + condition(depth - 1) + ") " + is_test();
      case 3:
        return leaf() + " " + is_test();
      default:
        return joined(depth - 1);
    }
  }

 private:
  bool half() { return random_.chance(0.5); }

  // A keyword in random case.
  std::string word(std::string text) {
    if (random_.chance(0.8)) return text;
    for (char& c : text) {
      if (c >= 'A' && c <= 'Z' && half()) c = static_cast<char>(c + 32);
    }
    return text;
  }

  std::string joined(int depth) {
    std::string text = condition(depth);
    for (std::size_t i = 1 + random_.below(3); i > 0; --i) {
      text += space() + word(half() ? "AND" : "OR") + space() + condition(depth);
    }
    return half() ? "(" + text + ")" : text;
  }

  std::string space() {
    static const std::vector<std::string> spaces = {" ",   " ",           " ",       "\n",
                                                    "\t ", " /* and */ ", " -- or\n"};
    return random_.pick(spaces);
  }

  std::string is_test() {
    static const std::vector<std::string> tests = {"NULL", "TRUE", "FALSE"};
    return word("IS") + " " + (half() ? word("NOT") + " " : "") + word(random_.pick(tests));
  }

  std::string leaf() {
    if (!options_.segments.empty() && random_.chance(0.15)) {
      return word("SEGMENT") + "(" + name(random_.pick(options_.segments)) + ")";
    }
    static const std::vector<std::string> constants = {"TRUE", "FALSE", "NULL"};
    if (random_.chance(0.05)) return word(random_.pick(constants));
    const Tag& tag = tags_[random_.below(tags_.size())];
    if (random_.chance(0.1)) return name(tag.name) + " " + word("IS") + not_() + word("NULL");
    switch (tag.type) {
      case TagType::boolean:
        return boolean(tag);
      case TagType::category:
        return category(tag);
      case TagType::category_set:
        return name(tag.name) + " " + word("HAS") + " " + word(half() ? "ANY" : "ALL") + " " +
               list([&] { return string(random_.pick(tag.values)); });
      case TagType::number:
        return ordered(name(tag.name), [this] { return number(); });
      case TagType::date:
        break;
    }
    if (half()) return ordered(name(tag.name), [this] { return day(); });
    const std::string function = word(half() ? "DAYS_SINCE" : "DAYS_UNTIL");
    return ordered(function + "(" + name(tag.name) + ")", [this] { return day_count(); });
  }

  std::string not_() { return half() ? " " + word("NOT") + " " : " "; }

  std::string boolean(const Tag& tag) {
    const std::string flag = name(tag.name);
    const auto truth = [this] { return word(half() ? "TRUE" : "FALSE"); };
    switch (random_.below(5)) {
      case 0:
        return equality(flag, truth());
      case 1:
        return in(flag, truth);
      default:
        return flag;
    }
  }

  std::string category(const Tag& tag) {
    const auto value = [&] { return string(random_.pick(tag.values)); };
    switch (random_.below(4)) {
      case 0:
        return in(name(tag.name), value);
      case 1:
        return name(tag.name) + not_() + word("LIKE") + " " + string(prefix(tag) + "%");
      default:
        return equality(name(tag.name), value());
    }
  }

  // Of some category, without what LIKE gives a meaning to.
  std::string prefix(const Tag& tag) {
    const std::string text = random_.pick(tag.values);
    std::size_t size = random_.below(text.size() + 1);
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
    return text.substr(0, std::min(size, text.find_first_of("%_")));
  }

  template <class Constant>
  std::string ordered(const std::string& left, Constant constant) {
    switch (random_.below(4)) {
      case 0:
        return in(left, constant);
      case 1:
        return left + not_() + word("BETWEEN") + " " + constant() + " " + word("AND") + " " +
               constant();
      default:
        return comparison(left, constant());
    }
  }

  std::string equality(const std::string& left, const std::string& right) {
    static const std::vector<std::string> signs = {"=", "<>", "!="};
    return sides(left, random_.pick(signs), right);
  }

  std::string comparison(const std::string& left, const std::string& right) {
    static const std::vector<std::string> signs = {"=", "<>", "!=", "<", "<=", ">", ">="};
    return sides(left, random_.pick(signs), right);
  }

  std::string sides(std::string left, const std::string& sign, std::string right) {
    if (random_.chance(0.1)) left = "(" + left + ")";
    if (random_.chance(0.1)) right = "(" + right + ")";
    if (random_.chance(0.2)) std::swap(left, right);
    return left + (half() ? sign : " " + sign + " ") + right;
  }

  template <class Constant>
  std::string in(const std::string& left, Constant constant) {
    return left + not_() + word("IN") + " " + list(constant, true);
  }

  template <class Constant>
  std::string list(Constant constant, bool nulls = false) {
    std::string text = "(" + constant();
    for (std::size_t i = random_.below(4); i > 0; --i) {
      text += ", " + (nulls && random_.chance(0.1) ? word("NULL") : constant());
    }
    return text + ")";
  }

  std::string name(const std::string& text) {
    std::string out;
    if (random_.chance(0.9)) {
      append_name(out, text);
      return out;
    }
    out = "\"";
    for (const char c : text) out += c == '"' ? std::string(2, '"') : std::string(1, c);
    return out + "\"";
  }

  std::string string(const std::string& text) {
    std::string out;
    append_string(out, text);
    return out;
  }

  std::string number() {
    if (random_.chance(0.04)) return word("NULL");
    const Value value = random_.pick(numbers);
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
    std::string text = fmt::format("{}", std::get<double>(value));
    return text.find_first_of(".e") == text.npos ? text + ".0" : text;
  }

  std::string day() {
    if (random_.chance(0.04)) return word("NULL");
    return (half() ? word("DATE") + " " : "") + string(random_.pick(days));
  }

  std::string day_count() {
    static const std::vector<std::string> counts = {"0",  "1",    "-1",     "0.5",
                                                    "60", "-472", "471.25", "1e9"};
    return random_.chance(0.04) ? word("NULL") : random_.pick(counts);
  }

  Random& random_;
  std::span<const Tag> tags_;
  const RuleOptions& options_;
};

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

Date judgement_day() { return *parse_date("2025-06-15"); }

std::vector<Tag> random_tags(Random& random) {
  constexpr TagType types[] = {TagType::boolean, TagType::category, TagType::category_set,
                               TagType::number, TagType::date};
  std::vector<std::string> left = names;
  std::vector<Tag> tags;
  for (std::size_t i = 4 + random.below(8); i > 0; --i) {
    Tag tag;
    const std::size_t name = random.below(left.size());
    tag.name = left[name];
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(name));
    tag.type = types[random.below(5)];
    tag.nullable = random.chance(0.7);
    if (is_text(tag)) tag.values = random_dictionary(random);
    tags.push_back(std::move(tag));
  }
  return tags;
}

Row random_row(Random& random, std::span<const Tag> tags) {
  Row row;
  for (const Tag& tag : tags) row[tag.name] = random_value(random, tag);
  return row;
}

std::string random_rule(Random& random, std::span<const Tag> tags, const RuleOptions& options) {
  return Writer(random, tags, options).condition(options.depth);
}

std::vector<std::string> all_rules(const std::vector<std::string>& conditions, int operators) {
  const std::vector<std::string> tests = {"NULL",     "NOT NULL", "TRUE",
                                          "NOT TRUE", "FALSE",    "NOT FALSE"};
  std::vector<std::vector<std::string>> of_size = {conditions};
  for (std::size_t n = 1; n <= static_cast<std::size_t>(operators); ++n) {
    std::vector<std::string> rules;
    for (const std::string& rule : of_size[n - 1]) {
      rules.push_back("NOT (" + rule + ")");
      for (const std::string& test : tests) rules.push_back("(" + rule + ") IS " + test);
    }
    for (std::size_t left = 0; left < n; ++left) {
      for (const std::string& a : of_size[left]) {
        for (const std::string& b : of_size[n - 1 - left]) {
          rules.push_back("(" + a + ") AND (" + b + ")");
          rules.push_back("(" + a + ") OR (" + b + ")");
        }
      }
    }
    of_size.push_back(std::move(rules));
  }
  std::vector<std::string> all;
  for (const auto& rules : of_size) all.insert(all.end(), rules.begin(), rules.end());
  return all;
}

std::vector<Row> all_rows(const std::vector<Values>& tags) {
  std::vector<Row> rows = {Row()};
  for (const Values& tag : tags) {
    std::vector<Row> longer;
    for (const Row& row : rows) {
      for (const Value& value : tag.values) {
        longer.push_back(row);
        longer.back()[tag.tag] = value;
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

}  // namespace muster::judge
