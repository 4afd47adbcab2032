#include "encode_input.hpp"

#include <random>

namespace muster::bench {
namespace {

constexpr std::size_t cuts = 9;

}  // namespace

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

std::uint64_t count_set_bits(const std::vector<WorkloadUser>& users) {
  std::uint64_t bits = 0;
  for (const WorkloadUser& user : users) {
    bits += user.flags.count();
    for (const std::uint8_t number : user.numbers) bits += number / 10;
  }
  return bits;
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
