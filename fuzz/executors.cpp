// Rules and users: every kernel gives the reference evaluator's answers.
//
// Input: rules, one a line; then, after a zero byte, users of six bytes each.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "judge/trial.hpp"
#include "muster/match/audience.hpp"
#include "muster/match/kernel.hpp"
#include "require.hpp"

namespace muster::judge {
namespace {

constexpr std::size_t max_rules = 70;  // more than a word of bits
constexpr std::size_t max_rows = 8;
constexpr std::size_t row_bytes = 6;

Tag tag(const char* name, TagType type, bool nullable, std::vector<std::string> values = {}) {
  Tag out;
  out.name = name;
  out.type = type;
  out.nullable = nullable;
  out.values = std::move(values);
  return out;
}

Schema make_schema() {
  return *Schema::make({tag("a", TagType::boolean, true), tag("b", TagType::boolean, true),
                        tag("f", TagType::boolean, false), tag("n", TagType::number, true),
                        tag("c", TagType::category, true, {"x", "xy", "苹果"}),
                        tag("s", TagType::category_set, true, {"x", "y", "z"}),
                        tag("d", TagType::date, true)});
}

const std::vector<std::pair<std::string, std::string>> segments = {
    {"p", "a AND n > 5"}, {"q", "NOT b OR c = 'x'"}, {"r", "SEGMENT(p) IS NULL OR NOT SEGMENT(q)"}};

Value truth_of(std::uint8_t byte) {
  if (byte % 3 == 0) return {};
  return byte % 3 == 1 ? Truth::no : Truth::yes;
}

Value number_of(std::uint8_t byte) {
  constexpr std::int64_t near_limit = 9007199254740992;
  if (byte % 4 == 0) return {};
  if (byte % 4 == 1) return std::int64_t{byte} - 100;
  return byte % 4 == 2 ? Value(near_limit + byte % 8) : Value(byte / 8.0);
}

Value set_of(std::uint8_t byte) {
  if (byte % 16 > 7) return {};
  Set set;
  if (byte & 1) set.insert("x");
  if (byte & 2) set.insert("y");
  if (byte & 4) set.insert("z");
  return set;
}

Row row_of(const std::uint8_t* bytes) {
  const char* categories[] = {"x", "xy", "苹果"};
  Row row = {{"a", truth_of(bytes[0])}, {"b", truth_of(bytes[1])}};
  row["f"] = bytes[1] > 127 ? Truth::yes : Truth::no;
  row["n"] = number_of(bytes[2]);
  row["c"] = bytes[3] % 4 == 3 ? Value() : Value(std::string(categories[bytes[3] % 4]));
  row["s"] = set_of(bytes[4]);
  row["d"] = bytes[5] == 255 ? Value() : Value(Date{20'000 + bytes[5] / 8});
  return row;
}

void read_rules(std::string_view text, Trial& trial) {
  Checker checker(trial.schema);
  for (const auto& [name, rule] : segments) checker.define(name, rule).value();
  while (!text.empty() && trial.rules.size() < max_rules) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (checker.check(text.substr(0, end))) trial.rules.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<RuleId> expected_ids(const std::vector<std::vector<bool>>& said, std::size_t row) {
  std::vector<RuleId> ids;
  for (RuleId rule = 0; rule < said.size(); ++rule) {
    if (said[rule][row]) ids.push_back(rule);
  }
  return ids;
}

void judge_users(const RuleSet& rules, const Trial& trial,
                 const std::vector<std::vector<bool>>& said) {
  Scratch scratch(rules);
  std::vector<std::uint64_t> before;
  std::vector<RuleId> had;
  for (std::size_t row = 0; row < trial.rows.size(); ++row) {
    const std::vector<RuleId> expected = expected_ids(said, row);
    const auto user = rules.encoder().encode(to_user(trial.schema, trial.rows[row]), trial.today);
    require(user.has_value(), "a user is encoded");
    std::vector<RuleId> ids(rules.size());
    ids.resize(rules.match(*user, scratch, ids));
    require(ids == expected, "match gives the reference's rules");
    std::vector<std::uint64_t> bits((rules.size() + 63) / 64);
    rules.match_bits(*user, scratch, bits);
    for (RuleId rule = 0; rule < rules.size(); ++rule) {
      require((bits[rule / 64] >> (rule % 64) & 1) == said[rule][row], "match_bits agrees");
      require(rules.matches(*user, rule) == said[rule][row], "matches agrees");
    }
    if (row > 0) {
      std::vector<RuleId> entered, left, gained;
      rules.changed(before, *user, scratch, entered, left);
      std::set_difference(expected.begin(), expected.end(), had.begin(), had.end(),
                          std::back_inserter(gained));
      require(entered == gained, "changed gives what was entered");
    }
    before = *user;
    had = expected;
  }
}

void judge_population(const RuleSet& rules, const Trial& trial,
                      const std::vector<std::vector<bool>>& said) {
  UserTable table(trial.schema);
  for (const Row& row : trial.rows) {
    require(table.append({}, to_user(trial.schema, row)).has_value(), "a user is appended");
  }
  const auto users = rules.encoder().encode(table, trial.today);
  require(users.has_value(), "a table is encoded");
  const Audience audience(rules);
  const auto counts = audience.counts(*users);
  const auto pairs = audience.pairs(*users);
  for (std::size_t rule = 0; rule < said.size(); ++rule) {
    const auto count = std::count(said[rule].begin(), said[rule].end(), true);
    require((*counts)[rule] == static_cast<std::uint64_t>(count), "counts agree");
  }
  for (std::size_t row = 0; row < trial.rows.size(); ++row) {
    const auto at = [&](std::size_t i) {
      return pairs->rules.begin() + static_cast<std::ptrdiff_t>(pairs->first[i]);
    };
    require(std::vector<RuleId>(at(row), at(row + 1)) == expected_ids(said, row), "pairs agree");
  }
}

void judge(const Trial& trial) {
  const std::vector<std::vector<bool>> said = verdicts(trial);
  for (const std::string_view kernel : kernel_names()) {
    RuleSetBuilder builder(trial.schema);
    for (const auto& [name, rule] : trial.segments) builder.define(name, rule).value();
    for (const std::string& rule : trial.rules) builder.add(rule).value();
    CompileOptions options;
    options.kernel = kernel;
    const Result<RuleSet> rules = std::move(builder).compile(options);
    require(rules.has_value(), "checked rules are compiled");
    judge_users(*rules, trial, said);
    judge_population(*rules, trial, said);
  }
}

}  // namespace
}  // namespace muster::judge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace muster::judge;
  static const muster::Schema schema = make_schema();
  Trial trial{schema, {}, segments, {}, muster::Date{20'016}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\0'), size);
  read_rules(text.substr(0, end), trial);
  for (std::size_t at = end + 1; at + row_bytes <= size && trial.rows.size() < max_rows;
       at += row_bytes) {
    trial.rows.push_back(row_of(data + at));
  }
  if (!trial.rules.empty() && !trial.rows.empty()) judge(trial);
  return 0;
}
