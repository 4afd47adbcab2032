#include "cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace muster::cli {
namespace {

constexpr std::size_t most_shown = 200;

void say(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

std::size_t count(std::span<const Diagnostic> findings, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Diagnostic& finding) { return finding.severity == severity; }));
}

std::string place(const BadCell& cell, std::string_view file) {
  return cell.column == 0 ? fmt::format("{}:{}", file, cell.line)
                          : fmt::format("{}:{}:{}", file, cell.line, cell.column);
}

std::string reason(const BadCell& cell) {
  return cell.column_name.empty() ? cell.message
                                  : fmt::format("{}: {}", cell.column_name, cell.message);
}

}  // namespace

void report(std::string_view message) { say(fmt::format("muster: error: {}\n", message)); }

void report(std::span<const Diagnostic> findings, std::string_view source, std::string_view file) {
  for (const Diagnostic& finding : findings.first(std::min(findings.size(), most_shown))) {
    std::string text = render(finding, source, file);
    if (text.empty() || text.back() != '\n') text += '\n';
    say(text);
  }
  const std::size_t errors = count(findings, Severity::error);
  const std::size_t warnings = findings.size() - errors;
  if (findings.size() > most_shown) say(fmt::format("… {} more\n", findings.size() - most_shown));
  if (errors > 0) say(fmt::format("{}: {}", file, counted(errors, "error")));
  if (warnings > 0 && errors > 0) say(fmt::format(", {}", counted(warnings, "warning")));
  if (warnings > 0 && errors == 0) say(fmt::format("{}: {}", file, counted(warnings, "warning")));
  if (!findings.empty()) say("\n");
}

void report(const Error& error, std::string_view source, std::string_view file) {
  if (error.diagnostics.empty()) return say(fmt::format("{}: error: {}\n", file, error.message));
  report(error.diagnostics, source, file);
}

void report_cells(const CsvReport& cells, std::string_view file, Severity severity) {
  for (const BadCell& cell : cells.reported) {
    say(fmt::format("{}: {}: {}\n", place(cell, file),
                    severity == Severity::error ? "error" : "warning", reason(cell)));
  }
  if (cells.bad_cells == 0) return;
  std::string summary = fmt::format("{}: {}", file, counted(cells.bad_cells, "bad cell"));
  if (severity == Severity::error) {
    summary += "; with --on-bad-cell null they count as NULL";
  } else if (cells.rows_left_out > 0) {
    summary += ", " + counted(cells.rows_left_out, "row") + " left out";
  }
  say(summary + "\n");
}

void report_users(const Error& error, std::string_view file) {
  if (error.code == Errc::io) return report(error.message);
  say(fmt::format("{}: error: {}\n", file, error.message));
}

Exit refuse(std::string_view message) {
  report(message);
  return Exit::refused;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ' ');
  return digits;
}

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace muster::cli
