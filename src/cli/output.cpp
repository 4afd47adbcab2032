#include "cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "cli/report.hpp"

namespace muster::cli {
namespace {

/// Devices and pipes are written to as they are.
bool is_replaceable(const std::string& file) {
  std::error_code ignored;
  const auto type = std::filesystem::status(file, ignored).type();
  return type == std::filesystem::file_type::not_found ||
         type == std::filesystem::file_type::regular;
}

}  // namespace

Output::~Output() { discard(); }

bool Output::open(const std::string& file) {
  if (file.empty() || file == "-") {
    stream_ = stdout;
    return true;
  }
  file_ = file;
  if (is_replaceable(file)) temporary_ = fmt::format("{}.{}.tmp", file, getpid());
  stream_ =
      temporary_.empty() ? std::fopen(file.c_str(), "wb") : std::fopen(temporary_.c_str(), "wbx");
  if (!stream_) report(fmt::format("cannot write '{}': {}", file, std::strerror(errno)));
  return stream_ != nullptr;
}

bool Output::on_terminal() const noexcept { return isatty(fileno(stream_)) != 0; }

bool Output::write(std::string_view text) {
  if (failed_ != 0) return false;
  if (std::fwrite(text.data(), 1, text.size(), stream_) != text.size()) failed_ = errno;
  return failed_ == 0;
}

Exit Output::finish() {
  if (std::fflush(stream_) != 0 && failed_ == 0) failed_ = errno;
  if (gone()) return Exit::done;
  if (failed_ != 0) return fail(std::strerror(failed_));
  if (file_.empty()) return Exit::done;
  const int closed = std::fclose(stream_);
  stream_ = nullptr;
  const bool placed = temporary_.empty() || std::rename(temporary_.c_str(), file_.c_str()) == 0;
  if (closed != 0 || !placed) return fail(std::strerror(errno));
  temporary_.clear();
  return Exit::done;
}

bool Output::gone() const noexcept { return failed_ == EPIPE && file_.empty(); }

Exit Output::fail(const std::string& what) {
  return refuse(fmt::format("cannot write {}: {}",
                            file_.empty() ? "standard output" : "'" + file_ + "'", what));
}

void Output::discard() {
  if (stream_ && stream_ != stdout) std::fclose(stream_);
  if (!temporary_.empty()) std::remove(temporary_.c_str());
}

void append_csv_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n\t") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

}  // namespace muster::cli
