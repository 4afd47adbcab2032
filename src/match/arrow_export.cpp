#include "match/arrow_export.hpp"

#include <limits>
#include <utility>

#include "tags/arrow_owned.hpp"

namespace muster {
namespace {

/// What an exported struct points to; gone when it is released.
template <class T>
struct Kept {
  explicit Kept(std::size_t count) : children(count) {
    for (T& child : children) pointers.push_back(&child);
  }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  ~Kept() {
    for (T& child : children) drop(child);
    drop(dictionary);
  }
  static void drop(T& value) {
    if (value.release != nullptr) value.release(&value);
  }

  std::string format;  // of types
  std::string name;
  std::vector<std::shared_ptr<const void>> memory;  // of arrays
  std::vector<const void*> buffers;
  std::vector<T> children;
  std::vector<T*> pointers;
  T dictionary{};
};

template <class T>
void release(T* value) {
  delete static_cast<Kept<T>*>(value->private_data);
  value->release = nullptr;
}

/// Points `out` to what is kept for it, which `out` owns from now on.
template <class T>
void own(std::unique_ptr<Kept<T>> kept, T& out) {
  out.n_children = static_cast<std::int64_t>(kept->children.size());
  out.children = kept->pointers.data();
  out.dictionary = kept->dictionary.release != nullptr ? &kept->dictionary : nullptr;
  out.release = release<T>;
  out.private_data = kept.release();
}

void own_type(std::unique_ptr<Kept<ArrowSchema>> kept, std::string name, std::string format,
              std::int64_t flags, ArrowSchema& out) {
  kept->name = std::move(name);
  kept->format = std::move(format);
  out = {};
  out.name = kept->name.c_str();
  out.format = kept->format.c_str();
  out.flags = flags;
  own(std::move(kept), out);
}

void export_type(const ArrowParts& parts, ArrowSchema& out) {
  auto kept = std::make_unique<Kept<ArrowSchema>>(parts.children.size());
  for (std::size_t i = 0; i < parts.children.size(); ++i) {
    export_type(parts.children[i], kept->children[i]);
  }
  if (!parts.dictionary.empty()) export_type(parts.dictionary[0], kept->dictionary);
  own_type(std::move(kept), parts.name, parts.format, 0, out);
}

void export_array(ArrowParts parts, ArrowArray& out) {
  auto kept = std::make_unique<Kept<ArrowArray>>(parts.children.size());
  for (std::size_t i = 0; i < parts.children.size(); ++i) {
    export_array(std::move(parts.children[i]), kept->children[i]);
  }
  if (!parts.dictionary.empty()) {
    export_array(std::move(parts.dictionary[0]), kept->dictionary);
  }
  kept->memory = std::move(parts.buffers);
  kept->buffers.push_back(nullptr);  // all known
  for (const auto& buffer : kept->memory) kept->buffers.push_back(buffer.get());
  out = {};
  out.length = static_cast<std::int64_t>(parts.length);
  out.n_buffers = static_cast<std::int64_t>(kept->buffers.size());
  out.buffers = kept->buffers.data();
  own(std::move(kept), out);
}

template <class Offset>
ArrowParts make_texts(std::string name, std::string format, std::span<const std::string> texts) {
  std::vector<Offset> offsets = {0};
  std::vector<char> bytes;
  for (const std::string& text : texts) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    offsets.push_back(static_cast<Offset>(bytes.size()));
  }
  return {std::move(name),
          std::move(format),
          texts.size(),
          {arrow_buffer(std::move(offsets)), arrow_buffer(std::move(bytes))}};
}

}  // namespace

ArrowParts arrow_texts(std::string name, std::span<const std::string> texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  if (bytes <= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    return make_texts<std::int32_t>(std::move(name), "u", texts);
  }
  return make_texts<std::int64_t>(std::move(name), "U", texts);
}

void export_arrow(ArrowParts parts, ArrowSchema& type, ArrowArray& array) {
  ArrowOwned<ArrowSchema> made;
  export_type(parts, *made);
  export_array(std::move(parts), array);
  type = *made;
  made->release = nullptr;  // it is the caller's now
}

void copy_arrow_type(const ArrowSchema& type, ArrowSchema& copy) {
  auto kept = std::make_unique<Kept<ArrowSchema>>(static_cast<std::size_t>(type.n_children));
  for (std::size_t i = 0; i < kept->children.size(); ++i) {
    copy_arrow_type(*type.children[i], kept->children[i]);
  }
  if (type.dictionary != nullptr) copy_arrow_type(*type.dictionary, kept->dictionary);
  own_type(std::move(kept), type.name != nullptr ? type.name : "", type.format, type.flags, copy);
}

}  // namespace muster
