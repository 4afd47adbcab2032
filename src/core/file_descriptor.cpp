#include "core/file_descriptor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/diagnostics.hpp"

namespace muster {

bool FileDescriptor::close() noexcept {
  const int descriptor = std::exchange(descriptor_, -1);
  return descriptor < 0 || ::close(descriptor) == 0;
}

Error io_error(std::string_view verb, const std::filesystem::path& file) {
  const std::string reason = std::generic_category().message(errno);
  return {Errc::io, fmt::format("cannot {} {}: {}", verb, in_quotes(file.string()), reason), {}};
}

}  // namespace muster
