#include "cli/ledger_input.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace muster::cli {
namespace {

/// A connection string is no file's name.
bool is_connection(std::string_view ledger) {
  return ledger.starts_with("postgresql://") || ledger.starts_with("host=");
}

}  // namespace

void LedgerInput::add_to(CLI::App& command) {
  command.add_option("ledger", where, "the ledger")->required()->type_name("LEDGER");
}

Result<Ledger> LedgerInput::open() const {
  const LedgerOptions options{.must_exist = true};
  if (is_connection(where)) return Ledger::connect(where, options);
  if (!std::filesystem::exists(where)) {
    return Error{Errc::io, fmt::format("there is no ledger '{}'", where), {}};
  }
  return Ledger::open(where, options);
}

}  // namespace muster::cli
