#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace muster {

/// Copies past the caches: for answers much larger than these, written once and read much later.
/// Other threads see them after finish_streams().
inline void stream_copy(const void* from, std::size_t bytes, void* to) noexcept {
  const auto* in = static_cast<const char*>(from);
  auto* out = static_cast<char*>(to);
#if defined(__SSE2__)
  constexpr std::size_t line = 64;
  const std::size_t head = -reinterpret_cast<std::uintptr_t>(to) % line;
  if (bytes >= head + line) {
    std::memcpy(out, in, head);
    out += head, in += head, bytes -= head;
    for (; bytes >= line; out += line, in += line, bytes -= line) {
      for (std::size_t i = 0; i < line; i += 16) {
        _mm_stream_si128(reinterpret_cast<__m128i*>(out + i),
                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i)));
      }
    }
  }
#endif
  if (bytes > 0) std::memcpy(out, in, bytes);
}

inline void finish_streams() noexcept {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

}  // namespace muster
