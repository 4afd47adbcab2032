#include "core/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace muster {
namespace {

constexpr int attempts = 100;

std::filesystem::path temporary_name(const std::filesystem::path& file, int attempt) {
  std::filesystem::path name = file;
  name += ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
  return name;
}

}  // namespace

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& file) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const auto temporary = temporary_name(file, attempt);
    FileDescriptor created(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                  0666));  // the process's mask applies
    if (created.get() >= 0) return AtomicFile(std::move(created), temporary, file);
    if (errno != EEXIST) break;
  }
  return io_error("write", file);
}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return io_error("write", file_);
    if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> AtomicFile::commit() {
  if (::fsync(descriptor_.get()) != 0 || !descriptor_.close()) return io_error("write", file_);
  if (::rename(temporary_.c_str(), file_.c_str()) != 0) return io_error("write", file_);
  temporary_.clear();
  return {};
}

}  // namespace muster
