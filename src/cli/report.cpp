#include "cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace muster::cli {
namespace {

void say(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

/// Renders findings of one source. Goes on from the last one, and shows the library only what is
/// around, so that many findings in a large source, or in one long line, are soon rendered.
class Renderer {
 public:
  Renderer(std::string_view source, std::string_view file) : source_(source), file_(file) {}

  std::string operator()(Diagnostic finding) {
    const std::size_t at = std::min(finding.range.begin, source_.size());
    go_to(at);
    finding.range = {at - from_, std::max(finding.range.end, at) - from_};
    const std::string text = render(finding, source_.substr(from_, at - from_ + around));
    // "1:column: …", as if the source began at from_.
    const std::size_t column = std::stoul(text.substr(2)) + skipped_;
    return fmt::format("{}:{}:{}{}", file_, line_, column, text.substr(text.find(':', 2)));
  }

 private:
  static constexpr std::size_t around = 1'024;  // bytes; several times what is shown of a line
  static constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

  void go_to(std::size_t at) {
    if (at < from_) from_ = skipped_ = 0, line_ = 1;
    for (std::size_t length;
         (length = source_.substr(from_, at - from_).find('\n')) != source_.npos; ++line_) {
      from_ += length + 1;
      skipped_ = 0;
    }
    while (at - from_ > 2 * around) skip();
  }

  /// Some whole characters of a long line.
  void skip() {
    if (from_ == 0 && source_.starts_with(byte_order_mark)) --skipped_;  // is no column
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    for (const std::size_t end = from_ + around; from_ < end || continues(source_[from_]);
         ++from_) {
      if (!continues(source_[from_])) ++skipped_;
    }
  }

  std::string_view source_;
  std::string_view file_;
  std::size_t from_ = 0;     // in the current line
  std::size_t skipped_ = 0;  // characters of the line before from_
  std::size_t line_ = 1;
};

std::size_t count(std::span<const Diagnostic> findings, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Diagnostic& finding) { return finding.severity == severity; }));
}

/// "line 7, column 3 (fee): no value" as "users.csv:7:3: error: fee: no value".
std::string placed_error(std::string_view file, std::string_view message) {
  std::string place(file);
  const auto take = [&](std::string_view word) {
    if (!message.starts_with(word)) return false;
    const std::size_t end = message.find_first_not_of("0123456789", word.size());
    place += fmt::format(":{}", message.substr(word.size(), end - word.size()));
    message.remove_prefix(end);
    return true;
  };
  std::string column;
  if (take("line ")) {
    take(", column ");
    if (message.starts_with(" (")) {
      const std::size_t end = message.find("): ");
      column = fmt::format("{}: ", message.substr(2, end - 2));
      message.remove_prefix(end + 1);
    }
    message.remove_prefix(2);
  }
  return fmt::format("{}: error: {}{}\n", place, column, message);
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

void warn(std::string_view file, std::string_view message) {
  say(fmt::format("{}: warning: {}\n", file, message));
}

void report(std::span<const Diagnostic> findings, std::string_view source, std::string_view file) {
  Renderer rendered(source, file);
  for (const Diagnostic& finding : findings) say(rendered(finding));
  const std::size_t errors = count(findings, Severity::error);
  const std::size_t warnings = findings.size() - errors;
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
  if (cells.bad_cells > cells.reported.size()) {
    say(fmt::format("… {} more\n", grouped(cells.bad_cells - cells.reported.size())));
  }
  std::string summary = fmt::format("{}: {}", file, counted(cells.bad_cells, "bad cell"));
  if (severity == Severity::error) {
    summary +=
        "; with --on-bad-cell null such a cell is NULL, or its row is left out where it must not "
        "be";
  } else if (cells.rows_left_out > 0) {
    summary += ", " + counted(cells.rows_left_out, "row") + " left out";
  }
  say(summary + "\n");
}

void report_users(const Error& error, std::string_view file) {
  if (error.code == Errc::io) return report(error.message);
  std::string_view message = error.message;
  const std::string named = fmt::format("{}: ", file);
  if (message.starts_with(named)) message.remove_prefix(named.size());
  say(placed_error(file, message));
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
