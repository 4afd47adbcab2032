#include "muster/tags/encoded_users.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace muster {
namespace {

constexpr std::size_t line = 64;

/// Bytes of all columns, one a tile more, and the slack to align them; throws where no size_t holds
/// it.
std::size_t bytes_for(std::size_t tiles, std::size_t bits) {
  std::size_t bytes = 0;
  if (__builtin_add_overflow(bits, std::size_t{1}, &bits) ||
      __builtin_mul_overflow(tiles, bits, &bytes) ||
      __builtin_mul_overflow(bytes, EncodedUsers::tile_users / 8, &bytes) ||
      __builtin_add_overflow(bytes, line, &bytes)) {
    throw std::bad_alloc();
  }
  return bytes;
}

/// A population is read through at memory's speed, in which small pages are a hindrance. A wish:
/// the system may ignore it.
void ask_for_large_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(MADV_HUGEPAGE)
  constexpr std::size_t page = std::size_t{1} << 21;
  void* start = memory;
  if (std::align(page, page, start, bytes) != nullptr)
    madvise(start, bytes / page * page, MADV_HUGEPAGE);
#endif
}

}  // namespace

EncodedUsers::EncodedUsers(std::size_t users, std::size_t bits) : users_(users), bits_(bits) {
  // calloc, because it does not touch large blocks: they come zeroed from the system.
  std::size_t space = bytes_for(tiles(), bits);
  memory_.reset(std::calloc(space, 1));
  if (!memory_) throw std::bad_alloc();
  ask_for_large_pages(memory_.get(), space);
  void* start = memory_.get();
  words_ = static_cast<std::uint64_t*>(std::align(line, space - line, start, space));
  mark_users();
}

void EncodedUsers::mark_users() noexcept {
  for (std::size_t tile = 0; tile < tiles(); ++tile) {
    std::uint64_t* const words = column(tile, bits_);
    const std::size_t users = users_in(tile);
    std::fill_n(words, users / 64, ~std::uint64_t{0});
    if (users % 64 != 0) words[users / 64] = (std::uint64_t{1} << (users % 64)) - 1;
  }
}

EncodedUsers& EncodedUsers::operator=(EncodedUsers&& other) noexcept {
  users_ = std::exchange(other.users_, 0);
  bits_ = std::exchange(other.bits_, 0);
  fingerprint_ = std::exchange(other.fingerprint_, 0);
  memory_ = std::move(other.memory_);
  words_ = std::exchange(other.words_, nullptr);
  return *this;
}

std::size_t EncodedUsers::users_in(std::size_t tile) const noexcept {
  return std::min(tile_users, users_ - tile * tile_users);
}

void EncodedUsers::user(std::size_t index, std::span<std::uint64_t> out) const noexcept {
  const std::size_t word = index % tile_users / 64;
  const std::uint64_t* first = column(index / tile_users, 0) + word;
  std::fill(out.begin(), out.end(), 0);
  for (std::size_t bit = 0; bit < bits_; ++bit) {
    out[bit / 64] |= (first[bit * tile_words] >> (index % 64) & 1) << (bit % 64);
  }
}

}  // namespace muster
