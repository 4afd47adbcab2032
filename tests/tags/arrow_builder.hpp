#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "muster/tags/arrow_abi.h"

/// Arrow arrays built by hand, as honest or as careless as a test needs them.
namespace muster::arrow_builder {

using Bytes = std::vector<std::uint8_t>;

/// An array and its type; exporting copies it, so that what was wrong stays wrong.
struct Node {
  std::string format;
  std::string name;
  std::int64_t length = 0;
  std::int64_t null_count = -1;
  std::int64_t offset = 0;
  std::vector<std::optional<Bytes>> buffers = {};  // nothing: a null pointer
  std::vector<Node> children = {};
  std::vector<Node> dictionary = {};  // one or none
  std::size_t skew = 0;               // bytes that lie before what is in each buffer
};

/// Exports that nobody has released yet.
inline int live_exports = 0;

template <class T>
struct Exported {
  Node node;
  std::vector<const void*> buffers;
  std::vector<T> children;
  std::vector<T*> pointers;
  T dictionary{};
};

template <class T>
void release(T* value) {
  auto* mine = static_cast<Exported<T>*>(value->private_data);
  for (T& child : mine->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (mine->dictionary.release != nullptr) mine->dictionary.release(&mine->dictionary);
  delete mine;
  value->release = nullptr;
  --live_exports;
}

template <class T>
void fill(Exported<T>& mine, T& out) {
  out = {};
  out.n_children = static_cast<std::int64_t>(mine.pointers.size());
  out.children = mine.pointers.data();
  if (mine.dictionary.release != nullptr) out.dictionary = &mine.dictionary;
  out.release = release<T>;
  out.private_data = &mine;
  ++live_exports;
}

template <class T, class Export>
Exported<T>& keep(const Node& node, Export export_one) {
  auto* mine = new Exported<T>{node, {}, {}, {}, {}};
  mine->children.resize(node.children.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    export_one(node.children[i], mine->children[i]);
    mine->pointers.push_back(&mine->children[i]);
  }
  if (!node.dictionary.empty()) export_one(node.dictionary[0], mine->dictionary);
  return *mine;
}

inline void export_type(const Node& node, ArrowSchema& out) {
  auto& mine = keep<ArrowSchema>(node, export_type);
  fill(mine, out);
  out.format = mine.node.format.c_str();
  out.name = mine.node.name.c_str();
}

inline void export_array(const Node& node, ArrowArray& out) {
  auto& mine = keep<ArrowArray>(node, export_array);
  fill(mine, out);
  for (const auto& buffer : mine.node.buffers) {
    const void* const there = buffer ? buffer->data() + node.skew : nullptr;
    mine.buffers.push_back(there);
  }
  out.length = node.length;
  out.null_count = node.null_count;
  out.offset = node.offset;
  out.n_buffers = static_cast<std::int64_t>(node.buffers.size());
  out.buffers = mine.buffers.data();
}

/// Batches one after another, all of the first one's type; then `error`, unless it is empty.
struct Stream {
  std::vector<Node> batches;
  std::string error = {};
  std::size_t next = 0;
};

inline void export_stream(std::vector<Node> batches, ArrowArrayStream& out,
                          std::string error = {}) {
  out.private_data = new Stream{std::move(batches), std::move(error)};
  ++live_exports;
  out.get_schema = [](ArrowArrayStream* s, ArrowSchema* type) {
    export_type(static_cast<Stream*>(s->private_data)->batches.at(0), *type);
    return 0;
  };
  out.get_next = [](ArrowArrayStream* s, ArrowArray* array) {
    auto& stream = *static_cast<Stream*>(s->private_data);
    *array = {};
    if (stream.next < stream.batches.size()) {
      export_array(stream.batches[stream.next++], *array);
      return 0;
    }
    return stream.error.empty() ? 0 : 5;
  };
  out.get_last_error = [](ArrowArrayStream* s) -> const char* {
    return static_cast<Stream*>(s->private_data)->error.c_str();
  };
  out.release = [](ArrowArrayStream* s) {
    delete static_cast<Stream*>(s->private_data);
    s->release = nullptr;
    --live_exports;
  };
}

// Arrays of each layout. `offset` values that are not the array's come before its first.

template <class T>
using Entries = std::vector<std::optional<T>>;

/// Least significant bit first; nothing where all are known.
template <class T>
std::optional<Bytes> validity(const Entries<T>& values, std::size_t offset) {
  Bytes bits((offset + values.size()) / 8 + 1);
  bool all = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) {
      bits[(offset + i) / 8] |= static_cast<std::uint8_t>(1 << (offset + i) % 8);
    } else {
      all = false;
    }
  }
  return all ? std::nullopt : std::optional(std::move(bits));
}

template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T) + 1);  // never empty, so never a null pointer
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), values.size() * sizeof(T));
  bytes.pop_back();
  return bytes;
}

template <class T>
Node node(std::string name, std::string format, const Entries<T>& values, std::size_t offset) {
  Node made{std::move(format), std::move(name)};
  made.length = static_cast<std::int64_t>(values.size());
  made.offset = static_cast<std::int64_t>(offset);
  made.buffers.push_back(validity(values, offset));
  return made;
}

inline Node nulls(std::string name, std::size_t count) {
  Node made{"n", std::move(name)};
  made.length = static_cast<std::int64_t>(count);
  return made;
}

inline Node bools(std::string name, const Entries<bool>& values, std::size_t offset = 0) {
  Node made = node(std::move(name), "b", values, offset);
  Bytes bits((offset + values.size()) / 8 + 1, 0xa5);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto mask = static_cast<std::uint8_t>(1 << (offset + i) % 8);
    auto& byte = bits[(offset + i) / 8];
    byte = static_cast<std::uint8_t>(values[i].value_or(true) ? byte | mask : byte & ~mask);
  }
  made.buffers.emplace_back(std::move(bits));
  return made;
}

/// Under a NULL lies `garbage`.
template <class T>
Node fixed(std::string name, std::string format, const Entries<T>& values, std::size_t offset = 0,
           T garbage = T()) {
  Node made = node(std::move(name), std::move(format), values, offset);
  std::vector<T> all(offset, garbage);
  for (const auto& value : values) all.push_back(value.value_or(garbage));
  made.buffers.emplace_back(bytes_of(all));
  return made;
}

using Texts = Entries<std::string>;

template <class Offset>
Node offset_texts(Node made, const Texts& values, std::size_t offset) {
  std::string bytes = "before";
  std::vector<Offset> offsets(offset + 1, static_cast<Offset>(bytes.size()));
  for (const auto& value : values) {
    bytes += value.value_or("");
    offsets.push_back(static_cast<Offset>(bytes.size()));
  }
  made.buffers.emplace_back(bytes_of(offsets));
  made.buffers.emplace_back(Bytes(bytes.begin(), bytes.end()));
  return made;
}

inline Node text_views(Node made, const Texts& values, std::size_t offset) {
  Bytes views(offset * 16), bytes;
  for (const auto& value : values) {
    const std::string text = value.value_or("");
    std::uint8_t view[16] = {};
    const auto size = static_cast<std::int32_t>(text.size());
    std::memcpy(view, &size, 4);
    std::memcpy(view + 4, text.data(), std::min<std::size_t>(text.size(), 12));
    if (text.size() > 12) {
      const std::int32_t at[2] = {0, static_cast<std::int32_t>(bytes.size())};
      std::memcpy(view + 8, at, 8);
      bytes.insert(bytes.end(), text.begin(), text.end());
    }
    views.insert(views.end(), view, view + 16);
  }
  const auto size = static_cast<std::int64_t>(bytes.size());
  made.buffers.emplace_back(std::move(views));
  made.buffers.emplace_back(std::move(bytes));
  made.buffers.emplace_back(bytes_of(std::vector<std::int64_t>{size}));
  return made;
}

/// `format` is "u", "U" or "vu".
inline Node texts(std::string name, std::string format, const Texts& values,
                  std::size_t offset = 0) {
  Node made = node(std::move(name), format, values, offset);
  if (format == "u") return offset_texts<std::int32_t>(std::move(made), values, offset);
  if (format == "U") return offset_texts<std::int64_t>(std::move(made), values, offset);
  return text_views(std::move(made), values, offset);
}

/// Index is the indices' type, `format` its format.
template <class Index>
Node dictionary(std::string name, std::string format, const Entries<Index>& indices, Node entries,
                std::size_t offset = 0) {
  Node made = fixed<Index>(std::move(name), std::move(format), indices, offset, Index{99});
  made.dictionary.push_back(std::move(entries));
  return made;
}

/// Lists of `sizes` of the child's values, one after another; the child's first is left out, so
/// that offsets do not begin with 0. `format` is "+l", "+L", "+vl" or "+vL".
template <class Offset>
Node lists(std::string name, std::string format, const Entries<int>& sizes, Node child,
           std::size_t offset = 0) {
  Node made = node(std::move(name), format, sizes, offset);
  const bool views = format[1] == 'v';
  std::vector<Offset> offsets(offset + (views ? 0 : 1), 1), lengths(offset);
  Offset at = 1;
  for (const auto& size : sizes) {
    if (views) offsets.push_back(at);
    lengths.push_back(static_cast<Offset>(size.value_or(0)));
    at = static_cast<Offset>(at + lengths.back());
    if (!views) offsets.push_back(at);
  }
  made.buffers.emplace_back(bytes_of(offsets));
  if (views) made.buffers.emplace_back(bytes_of(lengths));
  made.children.push_back(std::move(child));
  return made;
}

/// Rows [offset, offset + length) of columns; `rows` says which are there.
inline Node batch(std::vector<Node> columns, std::size_t offset, const Entries<int>& rows) {
  Node made = node("", "+s", rows, offset);
  made.children = std::move(columns);
  return made;
}
inline Node batch(std::vector<Node> columns) {
  const std::size_t length = columns.empty() ? 0 : static_cast<std::size_t>(columns[0].length);
  return batch(std::move(columns), 0, Entries<int>(length, 0));
}

}  // namespace muster::arrow_builder
