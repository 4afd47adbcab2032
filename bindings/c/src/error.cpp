#include "buffer.hpp"
#include "findings.hpp"
#include "guard.hpp"
#include "structs.hpp"

namespace muster::c {
namespace {

const muster_error& readable(const muster_error* error) {
  if (!usable(&need(error, "error"))) refuse_argument("error", "has a size that it can not have");
  return *error;
}

const Diagnostic& finding(const muster_error* error, std::size_t index) {
  check_index(index, readable(error).findings);
  return error->kept->findings[index];
}

}  // namespace

muster_finding to_finding(const Diagnostic& diagnostic) noexcept {
  return {0,
          static_cast<muster_status>(diagnostic.code),
          diagnostic.severity == Severity::warning,
          diagnostic.range.begin,
          diagnostic.range.end,
          borrow(diagnostic.message),
          borrow(diagnostic.suggestion)};
}

}  // namespace muster::c

using namespace muster;
using namespace muster::c;

muster_status muster_error_message(const muster_error* error, muster_buffer* out) {
  return call(nullptr, [&] {
    const muster_error& its = readable(error);
    if (its.kept != nullptr && its.kept->message.size() == its.message_length) {
      return fill(need(out, "out"), its.kept->message);
    }
    if (its.message_length >= sizeof its.message) throw std::bad_alloc();  // when it was to be kept
    fill(need(out, "out"), {its.message, its.message_length});
  });
}

muster_status muster_error_finding(const muster_error* error, size_t index, muster_finding* out) {
  return call(nullptr, [&] { write_struct(out, to_finding(finding(error, index))); });
}

muster_status muster_error_render(const muster_error* error, size_t index, const char* source,
                                  size_t source_length, const char* file, size_t file_length,
                                  muster_buffer* out) {
  return call(nullptr, [&] {
    fill(need(out, "out"), render(finding(error, index), text(source, source_length, "source"),
                                  text(file, file_length, "file")));
  });
}

void muster_error_clear(muster_error* error) {
  if (error != nullptr && usable(error)) clear(*error);
}
