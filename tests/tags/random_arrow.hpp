#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_builder.hpp"
#include "tags/table_samples.hpp"

/// Users drawn at random, in a table and in Arrow's memory.
namespace muster::arrow_builder {

using Random = std::mt19937_64;

template <class T>
T pick(std::initializer_list<T> choices, Random& random) {
  return choices.begin()[random() % choices.size()];
}

/// Users [first, first + count) of a table as record batches in layouts drawn at random, sliced and
/// full of garbage where nobody may look.
class RandomBatch {
 public:
  RandomBatch(const UserTable& table, std::size_t first, std::size_t count, Random& random)
      : table_(table), first_(first), count_(count), random_(random) {}

  Node make() {
    std::vector<Node> columns;
    const Schema& schema = table_.schema();
    for (std::size_t i = 0; i < schema.size(); ++i) {
      const TagId id{static_cast<std::uint16_t>(i)};
      if (schema.tag(id).derived.empty()) columns.push_back(column(schema.tag(id), id));
    }
    columns.push_back(
        texts(schema.key(), pick<const char*>({"u", "U", "vu"}, random_), keys(), offset()));
    std::shuffle(columns.begin(), columns.end(), random_);
    // All batches of a stream are of one type, so the columns' order is one of names.
    std::sort(columns.begin(), columns.end(),
              [](const Node& a, const Node& b) { return a.name < b.name; });
    return batch(std::move(columns), 0, Entries<int>(count_, 0));
  }

 private:
  std::size_t offset() { return random_() % 20; }

  Cell cell(TagId tag, std::size_t i) const { return table_.row(first_ + i).cell(tag); }

  /// What `read(cell)` makes of each cell that is not NULL.
  template <class T, class Read>
  Entries<T> cells(TagId tag, Read read) const {
    Entries<T> values;
    for (std::size_t i = 0; i < count_; ++i) {
      const Cell one = cell(tag, i);
      values.push_back(is_null(one) ? std::nullopt : std::optional<T>(read(one)));
    }
    return values;
  }

  Node column(const Tag& tag, TagId id) {
    switch (tag.type) {
      case TagType::boolean:
        return bools(tag.name, cells<bool>(id, [](const Cell& c) { return std::get<bool>(c); }),
                     offset());
      case TagType::number:
        return numbers(tag, id);
      case TagType::date:
        return fixed<std::int32_t>(
            tag.name, "tdD",
            cells<std::int32_t>(id, [](const Cell& c) { return std::get<Date>(c).days; }), offset(),
            INT32_MAX);
      case TagType::category:
        return categories(tag, id);
      case TagType::category_set:
        return sets(tag, id);
    }
    return {};
  }

  Node numbers(const Tag& tag, TagId id) {
    const auto values = cells<double>(id, [](const Cell& c) {
      const double value = std::get<Number>(c).to_double();
      return value == 0 ? -0.0 : value;
    });
    return fixed<double>(tag.name, "g", values, offset(), std::nan(""));
  }

  Node categories(const Tag& tag, TagId id) {
    return dictionary<std::int16_t>(
        tag.name, "s",
        cells<std::int16_t>(
            id, [](const Cell& c) { return static_cast<std::int16_t>(std::get<CategoryCode>(c)); }),
        entries(tag), offset());
  }
  Node entries(const Tag& tag) {
    const Texts values(tag.values.begin(), tag.values.end());
    return texts("", "vu", values, offset());
  }

  Node sets(const Tag& tag, TagId id) {
    using Set = std::span<const CategoryCode>;
    Entries<std::int8_t> codes = {0};  // one before the first list
    const auto sizes = cells<int>(id, [&](const Cell& c) {
      for (const CategoryCode code : std::get<Set>(c)) {
        codes.push_back(static_cast<std::int8_t>(code));
      }
      return static_cast<int>(std::get<Set>(c).size());
    });
    return lists<std::int64_t>(tag.name, "+L", sizes,
                               dictionary<std::int8_t>("", "c", codes, entries(tag), offset()),
                               offset());
  }

  Texts keys() const {
    Texts keys;
    std::string buffer;
    for (std::size_t i = 0; i < count_; ++i) {
      keys.emplace_back(std::string(table_.key(first_ + i, buffer)));
    }
    return keys;
  }

  const UserTable& table_;
  std::size_t first_;
  std::size_t count_;
  Random& random_;
};

inline UserTable random_table(std::size_t users, Random& random) {
  UserTable table(testing_samples::schema());
  for (std::size_t i = 0; i < users; ++i) {
    (void)table
        .append("user " + std::to_string(i), testing_samples::random_user(table.schema(), random))
        .value();
  }
  return table;
}

inline ArrowUsers arrow_of(const UserTable& table, std::size_t most_a_batch, Random& random) {
  std::vector<Node> batches;
  for (std::size_t first = 0; first < table.size();) {
    const std::size_t count = std::min(random() % (most_a_batch + 1), table.size() - first);
    // The format of texts is the stream's.
    Random same(7);
    batches.push_back(RandomBatch(table, first, count, same).make());
    first += count;
  }
  ArrowArrayStream stream{};
  export_stream(std::move(batches), stream);
  return ArrowUsers::from_stream(table.schema(), stream).value();
}

}  // namespace muster::arrow_builder
