#include "buffer.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace muster::c {

void fill(muster_buffer& buffer, std::string_view bytes) {
  const std::size_t needed = bytes.size() + 1;
  if (buffer.capacity < needed) {
    const std::size_t capacity = std::max(needed, buffer.capacity * 2);
    void* memory = std::realloc(buffer.data, capacity);
    if (memory == nullptr) throw std::bad_alloc();
    buffer.data = static_cast<char*>(memory);
    buffer.capacity = capacity;
  }
  std::copy(bytes.begin(), bytes.end(), buffer.data);
  buffer.data[bytes.size()] = '\0';
  buffer.size = bytes.size();
}

}  // namespace muster::c

void muster_buffer_free(muster_buffer* buffer) {
  if (buffer == nullptr) return;
  std::free(buffer->data);
  *buffer = {};
}
