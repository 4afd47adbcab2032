#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/file_descriptor.hpp"

namespace muster {

/// Writes a file beside `file` and moves it over it at the end, so that a failure, or a crash at
/// any point, leaves the old one whole. Errors are Errc::io.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::filesystem::path& file);
  AtomicFile(AtomicFile&& other) noexcept
      : descriptor_(std::move(other.descriptor_)),
        temporary_(std::exchange(other.temporary_, {})),
        file_(std::move(other.file_)) {}
  ~AtomicFile();

  Result<void> write(std::span<const std::byte> bytes);
  Result<void> commit();

 private:
  AtomicFile(FileDescriptor descriptor, std::filesystem::path temporary, std::filesystem::path file)
      : descriptor_(std::move(descriptor)),
        temporary_(std::move(temporary)),
        file_(std::move(file)) {}

  FileDescriptor descriptor_;
  std::filesystem::path temporary_;  // empty once moved or removed
  std::filesystem::path file_;
};

}  // namespace muster
