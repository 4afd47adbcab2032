#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace muster {

/// 64-bit words on a 64-byte line, not initialised.
class AlignedWords {
 public:
  explicit AlignedWords(std::size_t words)
      : words_(static_cast<std::uint64_t*>(
            ::operator new (words * sizeof(std::uint64_t), std::align_val_t{64}))) {}

  std::uint64_t* data() noexcept { return words_.get(); }
  const std::uint64_t* data() const noexcept { return words_.get(); }

 private:
  struct Delete {
    void operator()(std::uint64_t* words) const noexcept {
      ::operator delete (words, std::align_val_t{64});
    }
  };
  std::unique_ptr<std::uint64_t, Delete> words_;
};

}  // namespace muster
