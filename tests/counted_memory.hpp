#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

// Replaces operator new and delete by ones that count, and that fail once where they are told to.
// For one file of a test program.

namespace {
std::atomic<std::size_t> allocations{0}, freed{0};
[[maybe_unused]] std::atomic<std::size_t> fails_at{0};  // of `allocations`; 0: never

void* allocate(std::size_t size, std::size_t alignment) {
  if (++allocations == fails_at) throw std::bad_alloc();
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  if (void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole)) return memory;
  throw std::bad_alloc();
}

// Out of line: seen beside a `new`, free() looks like a mistake to compilers.
[[gnu::noinline]] void release(void* memory) noexcept {
  if (memory != nullptr) ++freed;
  std::free(memory);
}
}  // namespace

void* operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
