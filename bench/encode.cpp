// Encode/columns       table in memory → columns of bits, one thread
// Encode/columns/bytes buffers of one byte a boolean → table → columns of bits
// Encode/csv           CSV text of 204 columns → table → columns of bits
// Encode/csv/telco     CSV text of 19 mixed columns, as in examples/telco → table
// Encode/struct        an embedder's structs, one at a time → bits
// Encode/row           rows of a table, one at a time → bits
// Each checks the number of bits it set against a count made without the encoder.

#include <benchmark/benchmark.h>

#include <utility>

#include "encode_input.hpp"
#include "muster/tags/csv.hpp"
#include "muster/tags/struct_schema.hpp"

namespace muster::bench {
namespace {

constexpr std::size_t population = 1 << 17;
constexpr std::size_t csv_users = 1 << 14;
constexpr std::size_t single_users = 1 << 14;

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

void report(benchmark::State& state, std::size_t users, std::uint64_t answer,
            std::uint64_t expected) {
  if (answer != expected) state.SkipWithError("the answer is wrong");
  state.counters["users_per_second"] =
      benchmark::Counter(static_cast<double>(users) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

void report_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

UserTable table_of(const std::vector<WorkloadUser>& users) {
  UserTable table(workload_schema());
  (void)table.append_columns({}, WorkloadColumns(users).views()).value();
  return table;
}

void columns(benchmark::State& state) {
  const auto users = workload_users(population);
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) encoded = encoder.encode(table, {}).value();
  report(state, users.size(), count(encoded), count_set_bits(users));
}
BENCHMARK(columns)->Name("Encode/columns")->Unit(benchmark::kMillisecond);

void columns_of_bytes(benchmark::State& state) {
  const auto users = workload_users(population);
  const WorkloadColumns bytes(users);
  const Schema schema = workload_schema();
  const Encoder encoder(schema, encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    UserTable table(schema);
    (void)table.append_columns({}, bytes.views()).value();
    encoded = encoder.encode(table, {}).value();
  }
  report(state, users.size(), count(encoded), count_set_bits(users));
}
BENCHMARK(columns_of_bytes)->Name("Encode/columns/bytes")->Unit(benchmark::kMillisecond);

void csv(benchmark::State& state) {
  const auto users = workload_users(csv_users);
  const std::string text = workload_csv(users);
  const Schema schema = workload_schema();
  const Encoder encoder(schema, encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    const CsvUsers read = read_csv(schema, text).value();
    encoded = encoder.encode(read.table, {}).value();
  }
  report(state, users.size(), count(encoded), count_set_bits(users));
  report_bytes(state, text);
}
BENCHMARK(csv)->Name("Encode/csv")->Unit(benchmark::kMillisecond);

void telco(benchmark::State& state) {
  constexpr std::size_t rows = 1 << 16;
  const Schema schema = telco_schema();
  const std::string text = telco_csv(rows);
  std::uint64_t read = 0;
  for (auto _ : state) read = read_csv(schema, text).value().table.size();
  report(state, rows, read, rows);
  report_bytes(state, text);
}
BENCHMARK(telco)->Name("Encode/csv/telco")->Unit(benchmark::kMillisecond);

template <std::size_t... Flags, std::size_t... Numbers>
StructSchema<WorkloadStruct> bind(std::index_sequence<Flags...>, std::index_sequence<Numbers...>) {
  using User = WorkloadStruct;
  return schema<User>(
             field("t" + std::to_string(Flags), [](const User& u) { return u.flags[Flags]; })...,
             field("n" + std::to_string(Numbers),
                   [](const User& u) { return u.numbers[Numbers]; })...)
      .value();
}

/// Encodes one user after another; `encode(i, bits)` encodes user i.
template <class Encode>
void one_by_one(benchmark::State& state, const Encoder& encoder,
                const std::vector<WorkloadUser>& users, Encode encode) {
  const std::size_t words = encoder.words();
  std::vector<std::uint64_t> bits(words * users.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < users.size(); ++i) encode(i, std::span(&bits[i * words], words));
  }
  report(state, users.size(), count(bits), count_set_bits(users));
}

void structs(benchmark::State& state) {
  const auto users = workload_users(single_users);
  const std::vector<WorkloadStruct> structs(users.begin(), users.end());
  const auto bound = bind(std::make_index_sequence<workload_flags>(),
                          std::make_index_sequence<workload_numbers>());
  const Encoder encoder(bound.schema(), encode_predicates());
  auto view = bound.view(structs[0]);
  one_by_one(state, encoder, users, [&](std::size_t i, std::span<std::uint64_t> bits) {
    view.reset(structs[i]);
    (void)encoder.encode(view, {}, bits);
  });
}
BENCHMARK(structs)->Name("Encode/struct")->Unit(benchmark::kMillisecond);

void rows(benchmark::State& state) {
  const auto users = workload_users(single_users);
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), encode_predicates());
  one_by_one(state, encoder, users, [&](std::size_t i, std::span<std::uint64_t> bits) {
    (void)encoder.encode(table.row(i), {}, bits);
  });
}
BENCHMARK(rows)->Name("Encode/row")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace muster::bench
