#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/commands.hpp"
#include "muster/core/error.hpp"
#include "muster/tags/csv.hpp"

namespace muster::cli {

// All of it goes to standard error.

/// A failure that has no place in a text: "muster: error: cannot read 'x': no such file".
void report(std::string_view message);

/// "file: warning: …", about a file as a whole.
void warn(std::string_view file, std::string_view message);

/// Findings as `file:line:column: error: …` with carets, and how many there were.
/// O(source + findings) where findings ascend.
void report(std::span<const Diagnostic> findings, std::string_view source, std::string_view file);

/// An error about a text: its findings, or just its message where there are none.
void report(const Error& error, std::string_view source, std::string_view file);

/// `file:line:field: severity: column: reason` for each cell kept, how many more there are, and
/// how many there were.
void report_cells(const CsvReport& cells, std::string_view file, Severity severity);

/// Why users could not be read at all; the file is named once, however often the error does.
void report_users(const Error& error, std::string_view file);

/// Exit::refused after saying why.
Exit refuse(std::string_view message);

/// "7 043": thousands set apart for people.
std::string grouped(std::uint64_t number);

/// "1 error", "3 errors".
std::string counted(std::size_t number, std::string_view noun);

}  // namespace muster::cli
