#pragma once

#include <string>
#include <vector>

#include "muster/tags/encoder.hpp"
#include "workload.hpp"

/// The workload's users in the forms that encoding starts from. Encoded, they are 236 bits: the
/// flags, then `n >= 10` … `n >= 90` for each number.
namespace muster::bench {

/// `full` users, or a sixteenth of them where MUSTER_BENCH_MODE is short.
std::int64_t sized(std::int64_t full);

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

/// What bit `bit` of an encoded user has to be, worked out without the encoder.
bool expected_bit(const WorkloadUser& user, std::size_t bit);

/// Users that are texts only: 35 categories, as the telecom population has.
constexpr std::size_t text_fields = 35;
struct TextUser {
  std::array<std::string, text_fields> texts;
};
/// The dictionary of a field: 4 to 400 values of 3 to 24 bytes.
std::vector<std::string> text_values(std::size_t field);
std::vector<TextUser> text_users(std::size_t count);
/// Whether each field has the first value of its dictionary.
std::vector<Predicate> text_predicates();

/// Customers as in examples/telco: a key, ten flags of yes or no, some quoted, five quoted
/// categories, a whole number and two with fractions.
Schema telco_schema();
std::string telco_csv(std::size_t rows);

}  // namespace muster::bench
