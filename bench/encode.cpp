// Encode/columns       table in memory → columns of bits, one thread
// Encode/columns/bytes buffers of one byte a boolean → table → columns of bits
// Encode/csv           CSV text → table → columns of bits
// Encode/csv/telco     CSV text of 20 mixed columns, as in examples/telco → table
// Encode/struct        an embedder's structs, one at a time → bits
// Encode/row           rows of a table, one at a time → bits
// Each checks the number of bits it set against a count made without the encoder.

#include <benchmark/benchmark.h>

#include <utility>

#include "muster/tags/csv.hpp"
#include "muster/tags/struct_schema.hpp"
#include "workload_users.hpp"

namespace muster {
namespace {

constexpr std::size_t kPopulation = 1 << 17;
constexpr std::size_t kCsvUsers = 1 << 14;
constexpr std::size_t kSingles = 1 << 14;

std::uint64_t count(std::span<const std::uint64_t> words) {
  std::uint64_t bits = 0;
  for (const std::uint64_t word : words) {
    bits += static_cast<std::uint64_t>(__builtin_popcountll(word));
  }
  return bits;
}

std::uint64_t count(const EncodedUsers& users) {
  std::uint64_t bits = 0;
  for (std::size_t tile = 0; tile < users.tiles(); ++tile) {
    bits += count({users.column(tile, 0), users.bits() * EncodedUsers::tile_words});
  }
  return bits;
}

void report(benchmark::State& state, std::size_t users, std::uint64_t bits,
            std::uint64_t expected) {
  if (bits != expected) state.SkipWithError("the number of bits set is wrong");
  state.counters["users_per_second"] =
      benchmark::Counter(static_cast<double>(users) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

UserTable table_of(const std::vector<workload::UserRow>& users) {
  UserTable table(workload::schema());
  const auto columns = workload::columns(users);
  (void)table.append_columns({}, columns.views()).value();
  return table;
}

void columns(benchmark::State& state) {
  const auto users = workload::users(kPopulation);
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), workload::predicates());
  EncodedUsers encoded;
  for (auto _ : state) encoded = encoder.encode(table, {}).value();
  report(state, users.size(), count(encoded), workload::set_bits(users));
}
BENCHMARK(columns)->Name("Encode/columns")->Unit(benchmark::kMillisecond);

void columns_of_bytes(benchmark::State& state) {
  const auto users = workload::users(kPopulation);
  const auto bytes = workload::columns(users);
  const Schema schema = workload::schema();
  const Encoder encoder(schema, workload::predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    UserTable table(schema);
    (void)table.append_columns({}, bytes.views()).value();
    encoded = encoder.encode(table, {}).value();
  }
  report(state, users.size(), count(encoded), workload::set_bits(users));
}
BENCHMARK(columns_of_bytes)->Name("Encode/columns/bytes")->Unit(benchmark::kMillisecond);

void csv(benchmark::State& state) {
  const auto users = workload::users(kCsvUsers);
  const std::string text = workload::csv(users);
  const Schema schema = workload::schema();
  const Encoder encoder(schema, workload::predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    const CsvUsers read = read_csv(schema, text).value();
    encoded = encoder.encode(read.table, {}).value();
  }
  report(state, users.size(), count(encoded), workload::set_bits(users));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(csv)->Name("Encode/csv")->Unit(benchmark::kMillisecond);

/// One customer a line: a key, five quoted categories of some length, ten of yes or no, two
/// numbers with fractions, one without.
Schema telco_schema() {
  std::string json = R"({"key": "id", "tags": [)";
  for (int i = 0; i < 10; ++i) {
    json.append(R"({"name": "b)").append(std::to_string(i)).append(R"(", "type": "bool"},)");
    if (i >= 5) continue;
    json.append(R"({"name": "c)").append(std::to_string(i));
    json.append(R"(", "type": "category", "values": ["Month-to-month", "One year", "Two year",
                  "Electronic check", "Mailed check", "No internet service"]},)");
  }
  return Schema::from_json(json + R"({"name": "tenure", "type": "number"},
    {"name": "monthly", "type": "number"},
    {"name": "total", "type": "number", "nullable": true}]})")
      .value();
}

std::string telco_csv(const Schema& schema, std::size_t rows) {
  workload::Random random(7);
  std::string text = "id";
  for (const Tag& tag : schema.tags()) text.append(",\"").append(tag.name).append("\"");
  text.append("\n");
  for (std::size_t row = 0; row < rows; ++row) {
    text.append(std::to_string(1'000'000 + row));
    for (const Tag& tag : schema.tags()) {
      if (tag.type == TagType::boolean) {
        text.append(random.below(2) == 0 ? ",\"Yes\"" : ",0");
      } else if (tag.type == TagType::category) {
        text.append(",\"").append(tag.values[random.below(tag.values.size())]).append("\"");
      } else if (tag.name == "tenure") {
        text.append(",").append(std::to_string(random.below(72)));
      } else {
        text.append(",").append(std::to_string(random.below(8000)));
        text.append(".").append(std::to_string(random.below(90) + 10));
      }
    }
    text.append("\n");
  }
  return text;
}

void telco(benchmark::State& state) {
  constexpr std::size_t rows = 1 << 16;
  const Schema schema = telco_schema();
  const std::string text = telco_csv(schema, rows);
  std::uint64_t read = 0;
  for (auto _ : state) read = read_csv(schema, text).value().table.size();
  report(state, rows, read, rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(telco)->Name("Encode/csv/telco")->Unit(benchmark::kMillisecond);

template <std::size_t... Flags, std::size_t... Numbers>
auto bind(std::index_sequence<Flags...>, std::index_sequence<Numbers...>) {
  using Row = workload::UserRow;
  return schema<Row>(
      field("t" + std::to_string(Flags), [](const Row& user) { return user.flags[Flags]; })...,
      field("n" + std::to_string(Numbers),
            [](const Row& user) { return user.numbers[Numbers]; })...);
}

void structs(benchmark::State& state) {
  const auto users = workload::users(kSingles);
  const auto bound = bind(std::make_index_sequence<workload::tag_count>(),
                          std::make_index_sequence<workload::number_count>())
                         .value();
  const Encoder encoder(bound.schema(), workload::predicates());
  std::vector<std::uint64_t> bits(encoder.words() * users.size());
  for (auto _ : state) {
    auto view = bound.view(users[0]);
    for (std::size_t i = 0; i < users.size(); ++i) {
      view.reset(users[i]);
      (void)encoder.encode(view, {}, std::span(bits).subspan(i * encoder.words(), encoder.words()));
    }
  }
  report(state, users.size(), count(bits), workload::set_bits(users));
}
BENCHMARK(structs)->Name("Encode/struct")->Unit(benchmark::kMillisecond);

void row(benchmark::State& state) {
  const auto users = workload::users(kSingles);
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), workload::predicates());
  std::vector<std::uint64_t> bits(encoder.words() * users.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < users.size(); ++i) {
      (void)encoder.encode(table.row(i), {},
                           std::span(bits).subspan(i * encoder.words(), encoder.words()));
    }
  }
  report(state, users.size(), count(bits), workload::set_bits(users));
}
BENCHMARK(row)->Name("Encode/row")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster
