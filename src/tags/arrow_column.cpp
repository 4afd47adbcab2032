#include "tags/arrow_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

using Kind = ArrowType::Kind;

/// Buffers of an array, the variadic ones of text views not counted; -1 where nobody reads them.
std::int64_t buffers_of(const ArrowType& type) {
  switch (type.kind) {
    case Kind::null:
      return 0;
    case Kind::structure:
    case Kind::fixed_list:
      return 1;
    case Kind::text:
    case Kind::large_text:
    case Kind::list_view:
    case Kind::large_list_view:
      return 3;
    case Kind::other:
      return -1;
    default:
      return 2;
  }
}

std::string wrong_buffers(const ArrowType& type, const ArrowArray& array) {
  const std::int64_t wanted = buffers_of(type);
  if (type.kind == Kind::text_view) {
    if (array.n_buffers >= 3) return {};
    return fmt::format("it has {} buffers, where a {} has 3 or more", array.n_buffers, type.name);
  }
  if (wanted < 0 || array.n_buffers == wanted) return {};
  return fmt::format("it has {} buffers, where a {} has {}", array.n_buffers, type.name, wanted);
}

bool has_two_values(const ArrowType& type) {
  return type.kind == Kind::list_view || type.kind == Kind::large_list_view;
}

/// Whether values lie in buffer 1, and, of list views, 2: those that may not be missing.
bool is_missing_buffer(const ArrowType& type, const ArrowArray& array) {
  const std::int64_t wanted = buffers_of(type);
  if (wanted < 2) return false;
  return array.buffers[1] == nullptr || (has_two_values(type) && array.buffers[2] == nullptr);
}

/// Bytes that the address of a buffer of values is a multiple of.
std::size_t alignment_of(const ArrowType& type) {
  switch (type.kind) {
    case Kind::text:
    case Kind::list:
    case Kind::list_view:
      return sizeof(std::int32_t);
    case Kind::large_text:
    case Kind::large_list:
    case Kind::large_list_view:
      return sizeof(std::int64_t);
    default:
      return std::clamp<std::size_t>(type.bytes, 1, sizeof(std::int64_t));
  }
}

std::string find_misaligned(const ArrowArray& array, std::int64_t buffer, std::size_t wanted) {
  const auto address = reinterpret_cast<std::uintptr_t>(array.buffers[buffer]);
  if (address % wanted == 0) return {};
  return fmt::format("its buffer {} begins at an address that is no multiple of {}", buffer,
                     wanted);
}

/// Text views are read byte by byte, but for the sizes of their buffers, which are the last one.
std::string find_misaligned(const ArrowType& type, const ArrowArray& array) {
  if (type.kind == Kind::text_view) {
    return find_misaligned(array, array.n_buffers - 1, sizeof(std::int64_t));
  }
  if (buffers_of(type) < 2) return {};
  std::string flaw = find_misaligned(array, 1, alignment_of(type));
  if (flaw.empty() && has_two_values(type)) flaw = find_misaligned(array, 2, alignment_of(type));
  return flaw;
}

/// What is wrong with numbers and pointers of the array alone; empty if nothing.
std::string find_flaw(const ArrowType& type, const ArrowArray& array) {
  constexpr std::int64_t most = std::int64_t{1} << 56;
  if (array.length < 0) return fmt::format("its length is {}", array.length);
  if (array.offset < 0) return fmt::format("its offset is {}", array.offset);
  if (array.length > most || array.offset > most) return "it is larger than any memory";
  if (std::string wrong = wrong_buffers(type, array); !wrong.empty()) return wrong;
  if (buffers_of(type) > 0 && array.buffers == nullptr) return "it has no buffers";
  if (array.length == 0) return {};
  if (is_missing_buffer(type, array)) return "it has no values";
  if (buffers_of(type) > 0 && array.null_count > 0 && array.buffers[0] == nullptr) {
    return fmt::format("it counts {} NULLs, but has no bitmap of them", array.null_count);
  }
  return find_misaligned(type, array);
}

std::string find_child_flaw(const ArrowType& type, const ArrowSchema& schema,
                            const ArrowArray& array) {
  if ((schema.dictionary != nullptr) != (array.dictionary != nullptr)) {
    return array.dictionary != nullptr ? "it has a dictionary, but its type has none"
                                       : "it has no dictionary";
  }
  if (schema.n_children != array.n_children) {
    return fmt::format("it has {} children, where its type has {}", array.n_children,
                       schema.n_children);
  }
  if (array.dictionary != nullptr && array.dictionary->release == nullptr) {
    return "its dictionary was released";
  }
  if (!type.is_list()) return {};
  if (array.n_children != 1) {
    return fmt::format("it has {} children, where a {} has 1", array.n_children, type.name);
  }
  const bool there = schema.children != nullptr && array.children != nullptr &&
                     schema.children[0] != nullptr && array.children[0] != nullptr;
  if (!there) return "its child is missing";
  return array.children[0]->release == nullptr ? "its child was released" : "";
}

}  // namespace

Error arrow_corrupt(const ArrowPlace& place, std::string_view what) {
  const std::string subject =
      place.is_batch ? "a record batch" : "column " + in_quotes(place.column);
  return {Errc::corrupt, fmt::format("{} contradicts itself: {}", subject, what), {}};
}

Result<ArrowColumn> ArrowColumn::open(const ArrowSchema& schema, const ArrowArray& array,
                                      std::size_t first, std::size_t size,
                                      const ArrowPlace& place) {
  ArrowColumn column;
  column.type_ = read_type(schema);
  std::string flaw = find_flaw(column.type_, array);
  if (flaw.empty()) flaw = find_child_flaw(column.type_, schema, array);
  if (!flaw.empty()) return arrow_corrupt(place, flaw);
  const auto length = static_cast<std::size_t>(array.length);
  if (first > length || size > length - first) {
    return arrow_corrupt(
        place, fmt::format("it has {} values, where {} are needed", length, first + size));
  }
  column.schema_ = &schema;
  column.array_ = &array;
  column.size_ = size;
  column.offset_ = static_cast<std::size_t>(array.offset) + first;
  if (buffers_of(column.type_) > 0 && array.null_count != 0) {
    column.valid_ = static_cast<const std::uint8_t*>(array.buffers[0]);
  }
  return column;
}

Result<ArrowColumn> ArrowColumn::open(const ArrowSchema& schema, const ArrowArray& array,
                                      const ArrowPlace& place) {
  const std::size_t size = array.length > 0 ? static_cast<std::size_t>(array.length) : 0;
  return open(schema, array, 0, size, place);
}

}  // namespace muster
