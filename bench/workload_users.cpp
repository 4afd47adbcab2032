#include "workload_users.hpp"

#include <cmath>

namespace muster::workload {

std::uint64_t Random::next() {
  std::uint64_t z = state_ += 0x9E37'79B9'7F4A'7C15u;
  z = (z ^ z >> 30) * 0xBF58'476D'1CE4'E5B9u;
  z = (z ^ z >> 27) * 0x94D0'49BB'1331'11EBu;
  return z ^ z >> 31;
}

Schema schema() {
  std::vector<Tag> all(tag_count + number_count);
  for (std::size_t k = 0; k < tag_count; ++k) all[k].name = "t" + std::to_string(k);
  for (std::size_t k = 0; k < number_count; ++k) {
    all[tag_count + k].name = "n" + std::to_string(k);
    all[tag_count + k].type = TagType::number;
  }
  return *Schema::make(std::move(all));
}

std::vector<Predicate> predicates() {
  std::vector<Predicate> all;
  for (std::size_t k = 0; k < tag_count + number_count * cuts_per_number; ++k) {
    Predicate& predicate = all.emplace_back();
    const std::size_t tag = k < tag_count ? k : tag_count + (k - tag_count) / cuts_per_number;
    predicate.tag = TagId{static_cast<std::uint16_t>(tag)};
    if (k < tag_count) {
      predicate.codes = {CategoryCode{1}};
    } else {
      predicate.cuts = {{static_cast<double>(10 * ((k - tag_count) % cuts_per_number + 1)), false}};
    }
  }
  return all;
}

std::vector<UserRow> users(std::size_t count) {
  Random random(42);
  std::vector<UserRow> all(count);
  for (UserRow& user : all) {
    for (std::size_t k = 0; k < tag_count; ++k) {
      user.flags[k] = random.u() < 0.7 / std::sqrt(static_cast<double>(k + 1));
    }
    for (double& number : user.numbers) number = static_cast<double>(random.below(100));
  }
  return all;
}

Columns columns(const std::vector<UserRow>& users) {
  Columns columns;
  columns.flags.resize(tag_count);
  columns.numbers.resize(number_count);
  for (const UserRow& user : users) {
    for (std::size_t k = 0; k < tag_count; ++k) columns.flags[k].push_back(user.flags[k] ? 1 : 0);
    for (std::size_t k = 0; k < number_count; ++k) columns.numbers[k].push_back(user.numbers[k]);
  }
  return columns;
}

std::vector<ColumnView> Columns::views() const {
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

std::string csv(const std::vector<UserRow>& users) {
  std::string text;
  const Schema names = schema();
  for (const Tag& tag : names.tags()) text.append(text.empty() ? "" : ",").append(tag.name);
  text.append("\n");
  for (const UserRow& user : users) {
    for (const bool flag : user.flags) text.append(flag ? "1," : "0,");
    for (std::size_t k = 0; k < number_count; ++k) {
      text.append(std::to_string(static_cast<int>(user.numbers[k])));
      text.append(k + 1 == number_count ? "\n" : ",");
    }
  }
  return text;
}

std::uint64_t set_bits(const std::vector<UserRow>& users) {
  std::uint64_t bits = 0;
  for (const UserRow& user : users) {
    for (const bool flag : user.flags) bits += flag ? 1 : 0;
    for (const double number : user.numbers) bits += static_cast<std::uint64_t>(number) / 10;
  }
  return bits;
}

}  // namespace muster::workload
