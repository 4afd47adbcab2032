#pragma once

#include <cstddef>

#include "muster/tags/user_table.hpp"

namespace muster {

/// Shows a population to a TileEncoder, block by block. One per thread: it may hold working memory.
class BlockReader {
 public:
  virtual ~BlockReader() = default;

  /// Goes to users [first, first + count). REQUIRES: first is a multiple of 64.
  virtual void seek(std::size_t first, std::size_t count) = 0;
  /// A stored tag's values of those users; valid until the next call. Booleans come as a bitmap
  /// that may be read to the end of its last word; NaN is marked as NULL.
  virtual ColumnView column(TagId tag) = 0;
  /// That it will soon be asked for.
  virtual void prefetch(TagId) const noexcept {}
  /// A derived tag's value; users count from the first of the block.
  virtual Cell derived(TagId tag, std::size_t user) const = 0;
};

/// Borrows the table.
class TableBlockReader final : public BlockReader {
 public:
  explicit TableBlockReader(const UserTable& table) : table_(table) {}

  void seek(std::size_t first, std::size_t count) override {
    first_ = first;
    count_ = count;
  }
  ColumnView column(TagId tag) override;
  Cell derived(TagId tag, std::size_t user) const override {
    return value_of(table_.schema(), table_.row(first_ + user), tag);
  }

 private:
  const UserTable& table_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace muster
