#include "guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "findings.hpp"

namespace muster::c {
namespace {

constexpr std::size_t largest_error = 1 << 20;  // whatever later versions add to it

void forget(muster_error& error) noexcept {
  delete std::exchange(error.kept, nullptr);
  error.status = MUSTER_OK;
  error.findings = 0;
  error.begin = error.end = 0;
  error.message_length = 0;
  error.message[0] = '\0';
}

/// As much as there is room for, no character in halves.
void put_message(muster_error& error, std::string_view message) noexcept {
  error.message_length = message.size();
  std::size_t size = std::min(message.size(), sizeof error.message - 1);
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(message[at]) & 0xc0) == 0x80;
  };
  while (size < message.size() && size > 0 && continues(size)) --size;
  std::copy_n(message.data(), size, error.message);
  error.message[size] = '\0';
}

void keep(muster_error& error, std::string_view message,
          std::vector<Diagnostic> findings) noexcept {
  error.findings = static_cast<std::uint32_t>(findings.size());
  if (!findings.empty()) {
    error.begin = findings.front().range.begin;
    error.end = findings.front().range.end;
  }
  if (findings.empty() && message.size() < sizeof error.message) return;
  try {
    error.kept = new muster_findings{std::string(message), std::move(findings)};
  } catch (const std::bad_alloc&) {
    error.findings = 0;  // what is not kept is not promised
  }
}

muster_status report(muster_error* error, Errc code, std::string_view message,
                     std::vector<Diagnostic> findings) noexcept {
  const auto status = static_cast<muster_status>(code);
  if (error == nullptr) return status;
  forget(*error);
  error->status = status;
  put_message(*error, message);
  keep(*error, message, std::move(findings));
  return status;
}

muster_status report(muster_error* error, const Error& what) noexcept {
  try {
    return report(error, what.code, what.message, what.diagnostics);
  } catch (const std::bad_alloc&) {  // of copying the findings
    return report(error, what.code, what.message, {});
  }
}

}  // namespace

bool usable(const muster_error* error) noexcept {
  return error == nullptr || (error->size >= sizeof(muster_error) && error->size <= largest_error);
}

void clear(muster_error& error) noexcept { forget(error); }

muster_status report_success(muster_error* error, std::vector<Diagnostic> findings) noexcept {
  if (error == nullptr) return MUSTER_OK;
  forget(*error);
  keep(*error, {}, std::move(findings));
  return MUSTER_OK;
}

muster_status report_exception(muster_error* error) noexcept {
  try {
    throw;
  } catch (const Exception& exception) {
    return report(error, exception.error());
  } catch (const std::bad_alloc&) {
    return report(error, Errc::out_of_memory, "there is not enough memory", {});
  } catch (const std::length_error&) {
    return report(error, Errc::invalid_argument, "a count is larger than memory can hold", {});
  } catch (const std::exception& exception) {
    return report(error, Errc::unexpected, exception.what(), {});
  } catch (...) {
    return report(error, Errc::unexpected, "an exception without a name", {});
  }
}

void refuse(Errc code, std::string message) { throw Exception({code, std::move(message), {}}); }

void refuse_argument(const char* name, std::string_view what) {
  refuse(Errc::invalid_argument, fmt::format("`{}` {}", name, what));
}

std::string_view text(const char* data, std::size_t length, const char* name) {
  if (length == 0) return {};
  need(data, name);
  return {data, length == MUSTER_TERMINATED ? std::strlen(data) : length};
}

}  // namespace muster::c
