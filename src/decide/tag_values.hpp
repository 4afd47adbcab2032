#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "muster/tags/user.hpp"

namespace muster {

/// A tag's value, derived ones worked out; NULL where an embedder's view gives something that is
/// no value of the tag.
Cell proper_value(const Schema& schema, const UserView& user, TagId tag);

/// Appends a set's codes, put in order where a careless view has not.
void append_set(std::vector<CategoryCode>& out, std::span<const CategoryCode> codes);

/// Values of some tags of one user, each once; the lists are the owner's.
struct TagValues {
  struct Value {
    TagId tag{};
    Cell cell;  // of sets: empty; the codes are in `codes`
    std::uint32_t codes_begin = 0, codes_end = 0;
  };

  /// NULL where the tag is not among them.
  Cell operator[](TagId tag) const noexcept;
  /// Equal for equal values of the same tags.
  std::uint64_t hash() const noexcept;

  std::span<const Value> values;
  std::span<const CategoryCode> codes;
};

/// Reads tags of one user after another.
class TagReader {
 public:
  /// The values of `tags`, until the next call.
  TagValues read(const Schema& schema, const UserView& user, std::span<const TagId> tags);

 private:
  void add(TagId tag, const Cell& cell);

  std::vector<TagValues::Value> values_;
  std::vector<CategoryCode> codes_;
};

}  // namespace muster
