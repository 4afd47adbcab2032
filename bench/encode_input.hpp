#pragma once

#include <string>
#include <vector>

#include "muster/tags/encoder.hpp"
#include "workload.hpp"

/// The workload's users in the forms that encoding starts from. Encoded, they are 236 bits: the
/// flags, then `n >= 10` … `n >= 90` for each number.
namespace muster::bench {

std::vector<Predicate> encode_predicates();

/// Column by column, as buffers that a table takes.
struct WorkloadColumns {
  explicit WorkloadColumns(const std::vector<WorkloadUser>& users);
  std::vector<ColumnView> views() const;

  std::vector<std::vector<std::uint8_t>> flags;
  std::vector<std::vector<double>> numbers;
};

/// As a struct of an embedder's.
struct WorkloadStruct {
  explicit WorkloadStruct(const WorkloadUser& user);

  std::array<bool, workload_flags> flags{};
  std::array<double, workload_numbers> numbers{};
};

std::string workload_csv(const std::vector<WorkloadUser>& users);

/// Bits that are set in all encoded users together, counted without the encoder.
std::uint64_t count_set_bits(const std::vector<WorkloadUser>& users);

/// Customers as in examples/telco: a key, ten flags of yes or no, some quoted, five quoted
/// categories, a whole number and two with fractions.
Schema telco_schema();
std::string telco_csv(std::size_t rows);

}  // namespace muster::bench
