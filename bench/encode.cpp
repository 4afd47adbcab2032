// Users per second, one thread. The number is that of the users.
//
// Encode/columns/N        table in memory → columns of bits
// Encode/columns/bytes/N  buffers of one byte a boolean → table → columns of bits
// Encode/csv/N            CSV text of 204 columns → table → columns of bits
// Encode/csv/telco/N      CSV text of 19 mixed columns, as in examples/telco → table
// Encode/struct/N         an embedder's structs of 200 booleans and 4 numbers, one at a time → bits
// Encode/struct/texts/N   an embedder's structs of 35 texts, one at a time → bits
// Encode/row/N            rows of a table, one at a time → bits
//
// Every bit is checked against what it has to be, worked out without the encoder.

#include <benchmark/benchmark.h>

#include <utility>

#include "encode_input.hpp"
#include "muster/tags/csv.hpp"
#include "muster/tags/struct_schema.hpp"

namespace muster::bench {
namespace {

bool test(const std::uint64_t* words, std::size_t bit) {
  return (words[bit / 64] >> (bit % 64) & 1) != 0;
}

/// REQUIRES: encoded by encode_predicates().
bool is_right(const EncodedUsers& encoded, const std::vector<WorkloadUser>& users) {
  bool right = encoded.users() == users.size();
  for (std::size_t i = 0; right && i < users.size(); ++i) {
    const std::size_t tile = i / EncodedUsers::tile_users, at = i % EncodedUsers::tile_users;
    for (std::size_t bit = 0; bit < encoded.bits(); ++bit) {
      right &= test(encoded.column(tile, bit), at) == expected_bit(users[i], bit);
    }
  }
  return right;
}

void report(benchmark::State& state, bool right) {
  if (!right) state.SkipWithError("the answer is wrong");
  state.counters["users_per_second"] = benchmark::Counter(
      static_cast<double>(state.range(0)) * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
}

void report_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

std::size_t size_of(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0));
}

UserTable table_of(const std::vector<WorkloadUser>& users) {
  UserTable table(workload_schema());
  (void)table.append_columns({}, WorkloadColumns(users).views()).value();
  return table;
}

void columns(benchmark::State& state) {
  const auto users = workload_users(size_of(state));
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) encoded = encoder.encode(table, {}).value();
  report(state, is_right(encoded, users));
}

void columns_of_bytes(benchmark::State& state) {
  const auto users = workload_users(size_of(state));
  const WorkloadColumns bytes(users);
  const Schema schema = workload_schema();
  const Encoder encoder(schema, encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    UserTable table(schema);
    (void)table.append_columns({}, bytes.views()).value();
    encoded = encoder.encode(table, {}).value();
  }
  report(state, is_right(encoded, users));
}

void csv(benchmark::State& state) {
  const auto users = workload_users(size_of(state));
  const std::string text = workload_csv(users);
  const Schema schema = workload_schema();
  const Encoder encoder(schema, encode_predicates());
  EncodedUsers encoded;
  for (auto _ : state) {
    const CsvUsers read = read_csv(schema, text).value();
    encoded = encoder.encode(read.table, {}).value();
  }
  report(state, is_right(encoded, users));
  report_bytes(state, text);
}

void telco(benchmark::State& state) {
  const Schema schema = telco_schema();
  const std::string text = telco_csv(size_of(state));
  std::size_t read = 0;
  for (auto _ : state) read = read_csv(schema, text).value().table.size();
  report(state, read == size_of(state));
  report_bytes(state, text);
}

template <std::size_t... Flags, std::size_t... Numbers>
StructSchema<WorkloadStruct> bind(std::index_sequence<Flags...>, std::index_sequence<Numbers...>) {
  using User = WorkloadStruct;
  return schema<User>(
             field("t" + std::to_string(Flags), [](const User& u) { return u.flags[Flags]; })...,
             field("n" + std::to_string(Numbers),
                   [](const User& u) { return u.numbers[Numbers]; })...)
      .value();
}

template <std::size_t... Fields>
StructSchema<TextUser> bind_texts(std::index_sequence<Fields...>) {
  return schema<TextUser>(
             field(
                 "c" + std::to_string(Fields),
                 [](const TextUser& u) -> const std::string& { return u.texts[Fields]; },
                 values(text_values(Fields)))...)
      .value();
}

/// Encodes one user after another, `encode(i, bits)` user i; `expected(i, bit)` tells what of it.
template <class Encode, class Expected>
void one_by_one(benchmark::State& state, const Encoder& encoder, Encode encode, Expected expected) {
  const std::size_t words = encoder.words(), users = size_of(state);
  std::vector<std::uint64_t> bits(words * users);
  for (auto _ : state) {
    for (std::size_t i = 0; i < users; ++i) encode(i, std::span(&bits[i * words], words));
  }
  bool right = true;
  for (std::size_t i = 0; i < users; ++i) {
    for (std::size_t bit = 0; bit < encoder.bits(); ++bit) {
      right &= test(&bits[i * words], bit) == expected(i, bit);
    }
  }
  report(state, right);
}

void structs(benchmark::State& state) {
  const auto users = workload_users(size_of(state));
  const std::vector<WorkloadStruct> structs(users.begin(), users.end());
  const auto bound = bind(std::make_index_sequence<workload_flags>(),
                          std::make_index_sequence<workload_numbers>());
  const Encoder encoder(bound.schema(), encode_predicates());
  auto view = bound.view(structs[0]);
  const auto encode = [&](std::size_t i, std::span<std::uint64_t> bits) {
    view.reset(structs[i]);
    (void)encoder.encode(view, {}, bits);
  };
  one_by_one(state, encoder, encode,
             [&](std::size_t i, std::size_t bit) { return expected_bit(users[i], bit); });
}

void texts(benchmark::State& state) {
  const auto users = text_users(size_of(state));
  const auto bound = bind_texts(std::make_index_sequence<text_fields>());
  const Encoder encoder(bound.schema(), text_predicates());
  auto view = bound.view(users[0]);
  const auto encode = [&](std::size_t i, std::span<std::uint64_t> bits) {
    view.reset(users[i]);
    (void)encoder.encode(view, {}, bits);
  };
  one_by_one(state, encoder, encode, [&](std::size_t i, std::size_t bit) {
    return users[i].texts[bit] == bound.schema().tags()[bit].values[0];
  });
}

void rows(benchmark::State& state) {
  const auto users = workload_users(size_of(state));
  const UserTable table = table_of(users);
  const Encoder encoder(table.schema(), encode_predicates());
  const auto encode = [&](std::size_t i, std::span<std::uint64_t> bits) {
    (void)encoder.encode(table.row(i), {}, bits);
  };
  one_by_one(state, encoder, encode,
             [&](std::size_t i, std::size_t bit) { return expected_bit(users[i], bit); });
}

const bool registered = [] {
  const struct {
    const char* name;
    void (*run)(benchmark::State&);
    std::int64_t users;
  } all[] = {
      {"Encode/columns", columns, 1 << 17}, {"Encode/columns/bytes", columns_of_bytes, 1 << 17},
      {"Encode/csv", csv, 1 << 14},         {"Encode/csv/telco", telco, 1 << 16},
      {"Encode/struct", structs, 1 << 14},  {"Encode/struct/texts", texts, 1 << 14},
      {"Encode/row", rows, 1 << 14},
  };
  for (const auto& one : all) {
    benchmark::RegisterBenchmark(one.name, one.run)
        ->Arg(sized(one.users))
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace muster::bench
