#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "muster/tags/arrow_abi.h"

namespace muster {

/// An array and its type before they are handed out. Nothing in it is NULL.
struct ArrowParts {
  std::string name;
  std::string format;
  std::size_t length = 0;
  /// Behind the bitmap of what is known; each keeps the memory it points to.
  std::vector<std::shared_ptr<const void>> buffers = {};
  std::vector<ArrowParts> children = {};
  std::vector<ArrowParts> dictionary = {};  // one or none
};

/// A buffer of a vector's values, which are moved.
template <class T>
std::shared_ptr<const void> arrow_buffer(std::vector<T> values) {
  auto owner = std::make_shared<std::vector<T>>(std::move(values));
  const void* const data = owner->data();
  return {std::move(owner), data};
}

/// Texts as utf8, or large utf8 where they are too long together.
ArrowParts arrow_texts(std::string name, std::span<const std::string> texts);

/// The targets are overwritten.
void export_arrow(ArrowParts parts, ArrowSchema& type, ArrowArray& array);

/// Copies what a type says, children and dictionary included, but for its metadata.
void copy_arrow_type(const ArrowSchema& type, ArrowSchema& copy);

}  // namespace muster
