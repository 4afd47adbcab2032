#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

#include "muster/core/error.hpp"

namespace muster {

/// Owns an open file of the system; negative: none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileDescriptor() { (void)close(); }

  int get() const noexcept { return descriptor_; }
  /// False where the system could not keep what was written; see errno.
  bool close() noexcept;

 private:
  int descriptor_ = -1;
};

/// "cannot read 'users.csv': No such file or directory", from errno.
Error io_error(std::string_view verb, const std::filesystem::path& file);

}  // namespace muster
