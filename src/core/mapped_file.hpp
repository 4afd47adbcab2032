#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "muster/core/error.hpp"

namespace muster {

/// What is read of something that is no file and may have no end.
inline constexpr std::size_t max_piped_bytes = std::size_t{1} << 32;

/// A file's bytes, mapped read-only; what is no regular file (a pipe) is read to its end instead.
/// The bytes are at least 64-byte aligned for a regular file.
class MappedFile {
 public:
  /// Fails with io, naming the file and what the system says, and with limit where what is no
  /// regular file gives more than `most_piped` bytes.
  static Result<MappedFile> open(const std::filesystem::path& file,
                                 std::size_t most_piped = max_piped_bytes);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view text() const noexcept {
    return map_ != nullptr ? std::string_view(static_cast<const char*>(map_), map_size_)
                           : std::string_view(read_);
  }
  const std::byte* data() const noexcept {
    return reinterpret_cast<const std::byte*>(text().data());
  }
  std::size_t size() const noexcept { return text().size(); }

 private:
  void* map_ = nullptr;
  std::size_t map_size_ = 0;
  std::string read_;
};

}  // namespace muster
