#pragma once

#include <memory>
#include <string>
#include <vector>

#include "muster/tags/arrow_abi.h"

namespace muster::python {

/// What an ArrowSchema or ArrowArray is made of and owns; its release() frees it.
template <class Arrow>
struct ArrowParts {
  ArrowParts() = default;
  ArrowParts(const ArrowParts&) = delete;
  ArrowParts& operator=(const ArrowParts&) = delete;
  ~ArrowParts() {
    for (Arrow& child : children) drop(child);
    drop(dictionary);
  }
  static void drop(Arrow& value) {
    if (value.release != nullptr) value.release(&value);  // null: a consumer moved it out
  }

  std::shared_ptr<const void> owner;  ///< of memory that buffers point to
  std::string format, name;           ///< of a type
  std::vector<const void*> buffers;   ///< of an array
  std::vector<Arrow> children;
  std::vector<Arrow*> pointers;  ///< to the children
  Arrow dictionary{};
};

template <class Arrow>
void release_parts(Arrow* self) {
  delete static_cast<ArrowParts<Arrow>*>(self->private_data);
  self->release = nullptr;
}

/// Puts the parts into a node whose other members are set, and gives them to it.
template <class Arrow>
void give(Arrow& node, std::unique_ptr<ArrowParts<Arrow>> parts) {
  for (Arrow& child : parts->children) parts->pointers.push_back(&child);
  node.n_children = static_cast<std::int64_t>(parts->pointers.size());
  node.children = parts->pointers.data();
  node.dictionary = parts->dictionary.release != nullptr ? &parts->dictionary : nullptr;
  node.release = &release_parts<Arrow>;
  node.private_data = parts.release();
}

}  // namespace muster::python
