#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/bits.hpp"
#include "muster/tags/user_table.hpp"

/// The bytes of a saved table, described for readers in docs/file-formats.md: header, directory,
/// schema, then blocks, each at the next multiple of 64. All numbers are little-endian.
namespace muster::table_format {

constexpr char magic[8] = {'M', 'U', 'S', 'T', 'E', 'R', 'T', 'B'};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::uint32_t keys_column = 0xffff'ffff;
constexpr std::size_t alignment = 64;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t byte_order;
  std::uint64_t file_bytes;
  std::uint64_t users;
  std::uint64_t blocks;
  std::uint64_t schema_bytes;
  std::uint64_t directory_checksum;
  std::uint64_t schema_checksum;
  std::uint64_t reserved[7];
  std::uint64_t header_checksum;  // of all bytes before it
};
static_assert(sizeof(Header) == 128);

/// What of a column a block holds. A column's blocks come in this order.
enum class Part : std::uint32_t {
  valid = 1,    // bitmap; absent where all values are known
  bits,         // boolean: bitmap
  doubles,      // number
  rests,        // number, int16; absent where no value is beyond a double
  days,         // date, int32
  set_offsets,  // set, uint32, users + 1 of them
  codes,        // category and set, uint16
  key_offsets,  // keys, uint64, users + 1 of them
  key_bytes,    // keys, UTF-8
};

struct Entry {
  std::uint32_t column;  // position of the tag, or keys_column
  Part part;
  std::uint64_t offset;
  std::uint64_t bytes;
  std::uint64_t checksum;
};
static_assert(sizeof(Entry) == 32);

constexpr std::uint64_t aligned(std::uint64_t offset) {
  return (offset + alignment - 1) / alignment * alignment;
}

/// Bytes of a part of a column of `users` values; `members` counts a set's codes in all.
constexpr std::uint64_t part_bytes(Part part, std::uint64_t users, std::uint64_t members) {
  switch (part) {
    case Part::valid:
    case Part::bits:
      return words_for(users) * 8;
    case Part::doubles:
      return users * 8;
    case Part::rests:
      return users * 2;
    case Part::days:
      return users * 4;
    case Part::set_offsets:
      return (users + 1) * 4;
    case Part::codes:
      return members * 2;
    case Part::key_offsets:
      return (users + 1) * 8;
    case Part::key_bytes:
      return members;
  }
  return 0;
}

}  // namespace muster::table_format
