#include "core/mapped_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/diagnostics.hpp"
#include "core/file_descriptor.hpp"

namespace muster {
namespace {

/// Reads to the end, or until it is more than `most`; errno says why where it fails.
bool read_all(int descriptor, std::size_t most, std::string& bytes) {
  char buffer[1 << 16];
  while (bytes.size() <= most) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count == 0) return true;
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes.append(buffer, static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& file, std::size_t most_piped) {
  const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (opened.get() < 0 || ::fstat(opened.get(), &about) != 0) return io_error("read", file);
  MappedFile mapped;
  if (!S_ISREG(about.st_mode)) {
    if (!read_all(opened.get(), most_piped, mapped.read_)) return io_error("read", file);
    if (mapped.read_.size() <= most_piped) return mapped;
    return Error{Errc::limit,
                 fmt::format("{} gives more than {} bytes", in_quotes(file.string()), most_piped),
                 {}};
  }
  if (about.st_size == 0) return mapped;
  const auto size = static_cast<std::size_t>(about.st_size);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, opened.get(), 0);
  if (map == MAP_FAILED) return io_error("map", file);
  mapped.map_ = map;
  mapped.map_size_ = size;
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : map_(std::exchange(other.map_, nullptr)),
      map_size_(std::exchange(other.map_size_, 0)),
      read_(std::move(other.read_)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(map_size_, other.map_size_);
  std::swap(read_, other.read_);
  return *this;
}

MappedFile::~MappedFile() {
  if (map_ != nullptr) ::munmap(map_, map_size_);
}

}  // namespace muster
