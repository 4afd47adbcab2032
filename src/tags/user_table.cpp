#include "muster/tags/user_table.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "tags/column_check.hpp"
#include "tags/row_number.hpp"
#include "tags/table_body.hpp"

namespace muster {
namespace {

/// Positions of users and members of sets are kept in 32 bits.
constexpr std::size_t most_positions = 0xffff'ffff;

template <class... Args>
Error refuse(Errc code, fmt::format_string<Args...> text, Args&&... args) {
  return {code, fmt::format(text, std::forward<Args>(args)...), {}};
}

Result<void> check_members(const Tag& tag, const Column& column, std::size_t more) {
  if (more <= most_positions - column.set_members()) return {};
  return refuse(Errc::limit, "{} would hold more than {} categories in all its sets",
                in_quotes(tag.name), most_positions);
}

std::size_t members_of(const Cell& cell) {
  const auto* set = std::get_if<std::span<const CategoryCode>>(&cell);
  return set != nullptr ? set->size() : 0;
}

}  // namespace

UserTable::Body::Body(Schema table_schema, const Limits& table_limits)
    : schema(std::move(table_schema)), limits(table_limits) {
  columns.reserve(schema.size());
  for (const Tag& tag : schema.tags()) columns.emplace_back(tag.type);
}

Result<void> UserTable::Body::check_room(std::size_t count) const {
  const std::size_t most = std::min(limits.max_users, most_positions);
  if (size <= most && count <= most - size) return {};
  return refuse(Errc::limit, "the table would hold more than {} users (max_users)", most);
}

Result<void> UserTable::Body::check_key(std::string_view key, std::size_t row) const {
  if (!has_keys()) {
    if (key.empty()) return {};
    return refuse(Errc::invalid_argument, "row {} has the key {}, but the schema has no key column",
                  row + 1, in_quotes(key));
  }
  if (key.empty()) return refuse(Errc::missing_value, "row {} has no {}", row + 1, schema.key());
  if (key.size() > limits.max_cell_bytes) {
    return refuse(Errc::limit, "the {} of row {} is longer than {} bytes (max_cell_bytes)",
                  schema.key(), row + 1, limits.max_cell_bytes);
  }
  if (is_utf8(key)) return {};
  return refuse(Errc::bad_cell, "row {} has the {} {}, which is not UTF-8", row + 1, schema.key(),
                in_quotes(key));
}

Error UserTable::Body::duplicate(std::string_view key, std::size_t row) const {
  return refuse(Errc::duplicate_key, "row {} has the {} {} of an earlier row", row + 1,
                schema.key(), in_quotes(key));
}

std::vector<TagId> UserTable::Body::stored_tags() const {
  std::vector<TagId> tags;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const TagId id{static_cast<std::uint16_t>(i)};
    if (stored(id)) tags.push_back(id);
  }
  return tags;
}

Result<void> UserTable::Body::append(std::span<const ColumnView> values, std::size_t users) {
  const std::vector<TagId> tags = stored_tags();
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::uint32_t* offsets = values[i].set_offsets;
    const std::size_t members = offsets != nullptr ? offsets[users] - offsets[0] : 0;
    if (auto room = check_members(schema.tag(tags[i]), column(tags[i]), members); !room) {
      return room;
    }
  }
  for (std::size_t i = 0; i < tags.size(); ++i) column(tags[i]).append(values[i]);
  size += users;
  return {};
}

void UserTable::Body::truncate(std::size_t users) {
  for (Column& column : columns) column.truncate(std::min(users, column.size()));
  keys.truncate(users);
  size = users;
}

UserTable::UserTable(Schema schema, const Limits& limits)
    : body_(std::make_unique<Body>(std::move(schema), limits)) {}
UserTable::UserTable(std::unique_ptr<Body> body) : body_(std::move(body)) {}
UserTable::UserTable(UserTable&&) noexcept = default;
UserTable& UserTable::operator=(UserTable&&) noexcept = default;
UserTable::~UserTable() = default;

const Schema& UserTable::schema() const noexcept { return body_->schema; }
std::size_t UserTable::size() const noexcept { return body_->size; }

Result<UserIndex> UserTable::append(std::string_view key, const UserView& user) {
  Body& body = *body_;
  const std::size_t row = body.size;
  if (auto room = body.check_room(1); !room) return std::move(room).error();
  if (auto good = body.check_key(key, row); !good) return std::move(good).error();
  AppendGuard guard(body);
  for (const TagId id : body.stored_tags()) {
    const Tag& tag = body.schema.tag(id);
    const Cell cell = user.cell(id);
    if (auto good = check_cell(tag, cell, row); !good) return std::move(good).error();
    if (auto room = check_members(tag, body.column(id), members_of(cell)); !room) {
      return std::move(room).error();
    }
    body.column(id).append(cell);
  }
  if (body.has_keys() && !body.keys.add(key)) return body.duplicate(key, row);
  guard.keep();
  return body.size++;
}

Result<void> UserTable::append_columns(std::span<const std::string_view> keys,
                                       std::span<const ColumnView> columns) {
  Body& body = *body_;
  const std::vector<TagId> stored = body.stored_tags();
  if (columns.size() != stored.size()) {
    return refuse(Errc::invalid_argument, "{} columns were given for {} tags that are not derived",
                  columns.size(), stored.size());
  }
  const std::size_t users = columns.empty() ? keys.size() : columns[0].size;
  if (keys.size() != (body.has_keys() ? users : 0)) {
    return refuse(Errc::invalid_argument, "{} keys were given where {} are needed", keys.size(),
                  body.has_keys() ? users : 0);
  }
  if (auto room = body.check_room(users); !room) return room;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const Tag& tag = body.schema.tag(stored[i]);
    if (auto good = check_column(tag, columns[i], users, body.size); !good) return good;
  }
  AppendGuard guard(body);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (auto good = body.check_key(keys[i], body.size + i); !good) return good;
    if (!body.keys.add(keys[i])) return body.duplicate(keys[i], body.size + i);
  }
  if (auto room = body.append(columns, users); !room) return room;
  guard.keep();
  return {};
}

Result<void> UserTable::update(UserIndex user, const User& values, std::string_view tag) {
  Body& body = *body_;
  if (user >= body.size) {
    return refuse(Errc::unknown_user, "row {} is past the table's {} users", user + 1, body.size);
  }
  if (values.schema().fingerprint() != body.schema.fingerprint()) {
    return refuse(Errc::schema_mismatch, "the values are of another schema than the table");
  }
  const auto id = body.schema.find(tag);
  if (!id) return refuse(Errc::unknown_tag, "unknown tag {}", in_quotes(tag));
  if (!body.stored(*id)) {
    return refuse(Errc::wrong_type, "the tag {} is derived and can not be set", in_quotes(tag));
  }
  const Cell cell = values.cell(*id);
  if (auto good = check_cell(body.schema.tag(*id), cell, user); !good) return good;
  Column& column = body.column(*id);
  if (auto room = check_members(body.schema.tag(*id), column, members_of(cell)); !room) return room;
  column.set(user, cell);
  return {};
}

std::string_view UserTable::key(UserIndex user, std::string& buffer) const {
  if (body_->has_keys()) return body_->keys[user];
  buffer = std::to_string(user + 1);
  return buffer;
}

std::optional<UserIndex> UserTable::find(std::string_view key) const {
  if (body_->has_keys()) return body_->keys.find(key);
  return read_row_number(key, body_->size);
}

Cell UserTable::Row::cell(TagId tag) const { return table_->body_->column(tag).cell(user_); }

ColumnView UserTable::column(TagId tag) const {
  return body_->stored(tag) ? body_->column(tag).view() : ColumnView{};
}

std::size_t UserTable::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(Body) + body_->keys.memory_bytes();
  for (const Column& column : body_->columns) bytes += sizeof(Column) + column.memory_bytes();
  return bytes;
}

}  // namespace muster
