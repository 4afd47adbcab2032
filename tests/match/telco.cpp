#include "match/telco.hpp"

#include <array>

namespace muster::testing {
namespace {

constexpr unsigned cities = 40;
constexpr unsigned plans = 8;
constexpr unsigned topics = 12;

Tag tag(std::string name, TagType type, bool nullable, std::string_view stem = {},
        unsigned values = 0) {
  Tag out;
  out.name = std::move(name);
  out.type = type;
  out.nullable = nullable;
  for (unsigned i = 0; i < values; ++i) out.values.push_back(std::string(stem) + std::to_string(i));
  return out;
}

std::vector<std::string> random_names(RandomPrograms& random, std::string_view stem,
                                      unsigned values) {
  std::vector<std::string> names;
  for (unsigned i = 0; i < values; ++i) {
    if (random.below(4) == 0) names.push_back(std::string(stem) + std::to_string(i));
  }
  return names;
}

void set_random(RandomPrograms& random, User& user, const Tag& tag) {
  const auto& values = tag.values;
  if (tag.nullable && random.below(5) == 0) return;
  switch (tag.type) {
    case TagType::boolean:
      return user.set(tag.name, random.below(2) == 0).value();
    case TagType::number:
      return user.set(tag.name, static_cast<int>(random.below(100))).value();
    case TagType::date:
      return user.set(tag.name, Date{today.days - 50 + static_cast<int>(random.below(100))})
          .value();
    case TagType::category:
      return user
          .set(tag.name,
               std::string_view(values[random.below(static_cast<std::uint32_t>(values.size()))]))
          .value();
    case TagType::category_set: {
      const auto names = random_names(random, "topic", topics);
      const std::vector<std::string_view> views(names.begin(), names.end());
      return user.set(tag.name, std::span(views)).value();
    }
  }
}

}  // namespace

Schema telco_schema() {
  return Schema::make({tag("vip", TagType::boolean, false), tag("paid", TagType::boolean, false),
                       tag("angry", TagType::boolean, true),
                       tag("city", TagType::category, false, "city", cities),
                       tag("plan", TagType::category, true, "plan", plans),
                       tag("owns", TagType::category_set, false, "topic", topics),
                       tag("likes", TagType::category_set, true, "topic", topics),
                       tag("fee", TagType::number, false), tag("arpu", TagType::number, true),
                       tag("born", TagType::date, false), tag("ends", TagType::date, true)})
      .value();
}

User random_user(RandomPrograms& random, const Schema& schema) {
  User user(schema);
  for (const Tag& tag : schema.tags()) set_random(random, user, tag);
  return user;
}

std::string RandomRules::list(std::string_view stem, unsigned values, unsigned most) {
  std::string out = "(";
  for (unsigned i = 0, size = 1 + random_.below(most); i < size; ++i) {
    out += (i == 0 ? "'" : ", '") + std::string(stem) + std::to_string(random_.below(values)) + "'";
  }
  return out + ")";
}

std::string RandomRules::flag_test() {
  static constexpr std::array tests{"vip",          "NOT paid",       "angry",
                                    "NOT angry",    "angry IS NULL",  "angry IS NOT TRUE",
                                    "paid IS TRUE", "angry IS FALSE", "vip = FALSE"};
  return tests[random_.below(tests.size())];
}

std::string RandomRules::category_test() {
  const bool city = random_.below(2) == 0;
  const std::string name = city ? "city" : "plan";
  const unsigned values = city ? cities : plans;
  switch (random_.below(5)) {
    case 0:
      return name + " = '" + name + std::to_string(random_.below(values)) + "'";
    case 1:
      return name + " <> '" + name + std::to_string(random_.below(values)) + "'";
    case 2:
      return name + " IN " + list(name, values, values);
    case 3:
      return name + " NOT IN " + list(name, values, values);
    default:
      return city ? "plan IS NOT NULL" : "plan IS NULL";
  }
}

std::string RandomRules::set_test() {
  const std::string name = random_.below(2) == 0 ? "owns" : "likes";
  const std::string test = name + (random_.below(3) == 0 ? " HAS ALL " : " HAS ANY ");
  switch (random_.below(6)) {
    case 0:
      return "likes IS NULL";
    case 1:
      return "NOT (" + test + list("topic", topics, 4) + ")";
    default:
      return test + list("topic", topics, 4);
  }
}

std::string RandomRules::number_test(unsigned below) {
  const std::string name = random_.below(2) == 0 ? "fee" : "arpu";
  const std::string low = std::to_string(random_.below(below));
  const std::string high = std::to_string(random_.below(below));
  switch (random_.below(7)) {
    case 0:
      return name + " >= " + low;
    case 1:
      return name + " < " + low;
    case 2:
      return name + " <> " + low;
    case 3:
      return name + " IN (" + low + ", " + high + ".5, " + high + ")";
    case 4:
      return "(" + name + " NOT BETWEEN " + low + " AND " + high + " OR " + name + " IS NULL)";
    default:
      return name + " BETWEEN " + low + " AND " + high;
  }
}

std::string RandomRules::date_test() {
  const std::string name = random_.below(2) == 0 ? "born" : "ends";
  const std::string days = std::to_string(random_.below(100));
  const std::string day = to_string(Date{today.days - 50 + static_cast<int>(random_.below(100))});
  switch (random_.below(5)) {
    case 0:
      return name + " >= DATE '" + day + "'";
    case 1:
      return "days_until(" + name + ") <= " + days;
    case 2:
      return "days_since(" + name + ") BETWEEN 3 AND " + days;
    case 3:
      return "ends IS NULL";
    default:
      return name + " < '" + day + "'";
  }
}

std::string RandomRules::atom(unsigned segments) {
  switch (random_.below(segments > 0 ? 7 : 5)) {
    case 0:
      return number_test();
    case 1:
      return category_test();
    case 2:
      return set_test();
    case 3:
      return date_test();
    case 4:
      return flag_test();
    default:
      return "SEGMENT(s" + std::to_string(random_.below(segments)) + ")";
  }
}

std::string RandomRules::next(unsigned depth, unsigned segments) {
  if (depth == 0 || random_.below(5) == 0) return atom(segments);
  if (random_.below(6) == 0) return "NOT (" + next(depth - 1, segments) + ")";
  const char* op = random_.below(2) == 0 ? " AND " : " OR ";
  std::string out = "(" + next(depth - 1, segments);
  for (unsigned i = 0, more = 1 + random_.below(3); i < more; ++i) {
    out += op + next(depth - 1, segments);
  }
  return out + ")";
}

}  // namespace muster::testing
