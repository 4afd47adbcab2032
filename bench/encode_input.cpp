#include "encode_input.hpp"

#include <algorithm>
#include <random>

#include "short_run.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t cuts = 9;

}  // namespace

std::int64_t sized(std::int64_t full) { return short_run() ? full / 16 : full; }

std::vector<Predicate> encode_predicates() {
  std::vector<Predicate> all(workload_flags + workload_numbers * cuts);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i < workload_flags) {
      all[i].tag = TagId{static_cast<std::uint16_t>(i)};
      all[i].codes = {CategoryCode{1}};
      continue;
    }
    const std::size_t number = (i - workload_flags) / cuts, cut = (i - workload_flags) % cuts;
    all[i].tag = TagId{static_cast<std::uint16_t>(workload_flags + number)};
    all[i].cuts = {{static_cast<double>(10 * (cut + 1)), false}};
  }
  return all;
}

WorkloadColumns::WorkloadColumns(const std::vector<WorkloadUser>& users)
    : flags(workload_flags), numbers(workload_numbers) {
  for (const WorkloadUser& user : users) {
    for (std::size_t k = 0; k < flags.size(); ++k) flags[k].push_back(user.flags[k] ? 1 : 0);
    for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k].push_back(user.numbers[k]);
  }
}

std::vector<ColumnView> WorkloadColumns::views() const {
  std::vector<ColumnView> views;
  for (const auto& column : flags) {
    ColumnView& view = views.emplace_back();
    view.size = column.size();
    view.bool_bytes = column.data();
  }
  for (const auto& column : numbers) {
    ColumnView& view = views.emplace_back();
    view.size = column.size();
    view.doubles = column.data();
  }
  return views;
}

WorkloadStruct::WorkloadStruct(const WorkloadUser& user) {
  for (std::size_t k = 0; k < flags.size(); ++k) flags[k] = user.flags[k];
  for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k] = user.numbers[k];
}

std::string workload_csv(const std::vector<WorkloadUser>& users) {
  const Schema schema = workload_schema();
  std::string text;
  for (const Tag& tag : schema.tags()) text.append(text.empty() ? "" : ",").append(tag.name);
  for (const WorkloadUser& user : users) {
    text.append("\n");
    for (std::size_t k = 0; k < workload_flags; ++k) text.append(user.flags[k] ? "1," : "0,");
    for (const std::uint8_t number : user.numbers) text.append(std::to_string(number)).append(",");
    text.pop_back();
  }
  return text;
}

bool expected_bit(const WorkloadUser& user, std::size_t bit) {
  if (bit < workload_flags) return user.flags[bit];
  const std::size_t number = (bit - workload_flags) / cuts, cut = (bit - workload_flags) % cuts;
  return user.numbers[number] >= 10 * (cut + 1);
}

std::vector<std::string> text_values(std::size_t field) {
  static constexpr std::string_view stems[] = {
      "p", "iPhone", "Month-to-month", "shop", "Electronic check by mail", "city"};
  std::vector<std::string> values(std::min<std::size_t>(4 + field * field / 2, 400));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i].append(stems[(field + i) % std::size(stems)].substr(0, 20));
    values[i].append(" ").append(std::to_string(i));
  }
  return values;
}

std::vector<TextUser> text_users(std::size_t count) {
  std::mt19937_64 random(9);
  std::vector<TextUser> users(count);
  for (std::size_t field = 0; field < text_fields; ++field) {
    const std::vector<std::string> values = text_values(field);
    for (TextUser& user : users) user.texts[field] = values[random() % values.size()];
  }
  return users;
}

std::vector<Predicate> text_predicates() {
  std::vector<Predicate> all(text_fields);
  for (std::size_t field = 0; field < text_fields; ++field) {
    all[field].tag = static_cast<TagId>(field);
    all[field].codes = {CategoryCode{0}};
  }
  return all;
}

Schema telco_schema() {
  std::string json = R"({"key": "id", "tags": [)";
  for (int i = 0; i < 15; ++i) {
    json.append(R"({"name": "tag)").append(std::to_string(i));
    json.append(i % 3 != 0 ? R"(", "type": "bool"},)"
                           : R"(", "type": "category", "values": ["Month-to-month", "One year",
            "Two year", "Electronic check", "Mailed check", "No internet service"]},)");
  }
  return *Schema::from_json(json.append(R"({"name": "tenure", "type": "number"},
    {"name": "monthly", "type": "number"},
    {"name": "total", "type": "number", "nullable": true}]})"));
}

std::string telco_csv(std::size_t rows) {
  std::mt19937_64 random(7);
  const Schema schema = telco_schema();
  std::string text = "id";
  for (const Tag& tag : schema.tags()) text.append(",\"").append(tag.name).append("\"");
  for (std::size_t row = 0; row < rows; ++row) {
    text.append("\n").append(std::to_string(1'000'000 + row));
    for (const Tag& tag : schema.tags()) {
      if (tag.type == TagType::boolean) {
        text.append(random() % 2 == 0 ? ",\"Yes\"" : ",0");
      } else if (tag.type == TagType::category) {
        text.append(",\"").append(tag.values[random() % tag.values.size()]).append("\"");
      } else if (tag.name == "tenure") {
        text.append(",").append(std::to_string(random() % 72));
      } else {
        text.append(",").append(std::to_string(random() % 8000));
        text.append(".").append(std::to_string(random() % 90 + 10));
      }
    }
  }
  return text;
}

}  // namespace muster::bench
