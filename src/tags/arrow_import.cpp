#include "tags/arrow_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/cancelled.hpp"
#include "core/diagnostics.hpp"

namespace muster {
namespace {

using OwnedStream = ArrowOwned<ArrowArrayStream>;

Error released(std::string_view what) {
  return {Errc::invalid_argument, fmt::format("the {} is released already", what), {}};
}

Error failed(OwnedStream& stream, int code) {
  const char* words = nullptr;
  if (stream->get_last_error != nullptr) words = stream->get_last_error(&*stream);
  return {Errc::io,
          words != nullptr
              ? fmt::format("the producer of the stream failed: {} (error {})", words, code)
              : fmt::format("the producer of the stream failed with error {}", code),
          {}};
}

/// Pulls all batches; a stream ends with an array that is released. Stops at too many users, which
/// read_batches refuses: it need not end.
Result<void> pull(OwnedStream& stream, ArrowAccess::Body& body, const CancelToken* cancel,
                  std::uint64_t max_users) {
  if (const int code = stream->get_schema(&*stream, &*body.type)) {
    body.type->release = nullptr;  // what a failed call leaves is nobody's
    return failed(stream, code);
  }
  if (body.type.empty()) return Error{Errc::corrupt, "the stream has no type", {}};
  for (std::uint64_t users = 0; users <= max_users;) {
    if (is_cancelled(cancel)) return cancelled_by_caller();
    ArrowOwned<ArrowArray> array;
    if (const int code = stream->get_next(&*stream, &*array)) {
      array->release = nullptr;
      return failed(stream, code);
    }
    if (array.empty()) return {};
    users += static_cast<std::uint64_t>(std::max<std::int64_t>(array->length, 0));
    body.arrays.push_back(std::move(array));
  }
  return {};
}

Result<ArrowUsers> read_users(std::shared_ptr<ArrowAccess::Body> body, const RunOptions& run,
                              const Limits& limits) {
  if (auto done = read_batches(*body, run, limits); !done) return std::move(done).error();
  return ArrowAccess::users(std::move(body));
}

}  // namespace

Result<ArrowUsers> ArrowUsers::from_stream(const Schema& schema, ArrowArrayStream& stream,
                                           const RunOptions& run, const Limits& limits) {
  OwnedStream owned(stream);
  if (owned.empty()) return released("stream");
  if (owned->get_schema == nullptr || owned->get_next == nullptr) {
    return Error{Errc::corrupt, "the stream has no functions", {}};
  }
  auto body = std::make_shared<Body>(schema);
  if (auto done = pull(owned, *body, run.cancel, limits.max_users); !done)
    return std::move(done).error();
  owned.reset();
  return read_users(std::move(body), run, limits);
}

Result<ArrowUsers> ArrowUsers::from_array(const Schema& schema, ArrowSchema& type,
                                          ArrowArray& array, const RunOptions& run,
                                          const Limits& limits) {
  ArrowOwned<ArrowSchema> its_type(type);  // before anything that may fail
  ArrowOwned<ArrowArray> its_array(array);
  if (its_type.empty()) return released("type");
  if (its_array.empty()) return released("array");
  auto body = std::make_shared<Body>(schema);
  body->type = std::move(its_type);
  body->arrays.push_back(std::move(its_array));
  return read_users(std::move(body), run, limits);
}

}  // namespace muster
