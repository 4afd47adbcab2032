#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "muster/tags/encoder.hpp"

/// The benchmark's users: 200 boolean tags of falling popularity and four numbers below 100, from
/// splitmix64 seeded 42. Encoded, they are 236 bits: `t0` … `t199`, then `n >= 10` … `n >= 90`.
namespace muster::workload {

constexpr std::size_t tag_count = 200;
constexpr std::size_t number_count = 4;
constexpr std::size_t cuts_per_number = 9;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// In [0, 1).
  double u() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  std::uint64_t below(std::uint64_t n) { return (next() >> 32) * n >> 32; }

 private:
  std::uint64_t state_;
};

struct UserRow {
  std::array<bool, tag_count> flags{};
  std::array<double, number_count> numbers{};
};

Schema schema();
std::vector<Predicate> predicates();

/// The first users; the generator goes from one user to the next.
std::vector<UserRow> users(std::size_t count);
/// The same, column by column, as buffers that a table takes.
struct Columns {
  std::vector<std::vector<std::uint8_t>> flags;
  std::vector<std::vector<double>> numbers;
  std::vector<ColumnView> views() const;
};
Columns columns(const std::vector<UserRow>& users);
std::string csv(const std::vector<UserRow>& users);

/// Bits that are set in all encoded users together, counted without the encoder.
std::uint64_t set_bits(const std::vector<UserRow>& users);

}  // namespace muster::workload
