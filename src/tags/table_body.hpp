#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/mapped_file.hpp"
#include "muster/tags/user_table.hpp"
#include "tags/column.hpp"
#include "tags/key_store.hpp"

namespace muster {

struct UserTable::Body {
  Body(Schema table_schema, const Limits& table_limits);

  std::vector<TagId> stored_tags() const;
  bool stored(TagId tag) const noexcept { return schema.tag(tag).derived.empty(); }
  bool has_keys() const noexcept { return !schema.key().empty(); }
  Column& column(TagId tag) noexcept { return columns[static_cast<std::size_t>(tag)]; }
  const Column& column(TagId tag) const noexcept { return columns[static_cast<std::size_t>(tag)]; }

  /// Whether `count` more users fit.
  Result<void> check_room(std::size_t count) const;
  /// Whether a user of this key may be in row `row`; the index is not asked.
  Result<void> check_key(std::string_view key, std::size_t row) const;
  Error duplicate(std::string_view key, std::size_t row) const;
  /// Adds columns that were checked, one for each stored tag in schema order. Fails with limit.
  Result<void> append(std::span<const ColumnView> values, std::size_t users);
  /// Undoes an append that did not come to its end.
  void truncate(std::size_t users);

  Schema schema;
  Limits limits;
  std::size_t size = 0;
  std::vector<Column> columns;  // by TagId; those of derived tags stay empty
  KeyStore keys;
  MappedFile file;  // where borrowed columns and keys lie
};

/// What the rest of the room needs to see of a table.
struct TableAccess {
  using Body = UserTable::Body;
  static Body& body(UserTable& table) { return *table.body_; }
  static const Body& body(const UserTable& table) { return *table.body_; }
  static UserTable table(std::unique_ptr<Body> body) { return UserTable(std::move(body)); }
};

/// Truncates a table to the size it has now, unless `keep` is called first.
class AppendGuard {
 public:
  explicit AppendGuard(TableAccess::Body& body) : body_(&body), size_(body.size) {}
  AppendGuard(const AppendGuard&) = delete;
  AppendGuard& operator=(const AppendGuard&) = delete;
  ~AppendGuard() {
    if (body_ != nullptr) body_->truncate(size_);
  }
  void keep() noexcept { body_ = nullptr; }

 private:
  TableAccess::Body* body_;
  std::size_t size_;
};

}  // namespace muster
