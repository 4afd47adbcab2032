#include <fmt/format.h>

#include <algorithm>

#include "core/checksum.hpp"
#include "core/diagnostics.hpp"
#include "core/utf8.hpp"
#include "tags/column_check.hpp"
#include "tags/saved_column.hpp"
#include "tags/table_body.hpp"
#include "tags/table_format.hpp"

namespace muster {
namespace {

using namespace table_format;

/// Reads a mapped table in steps, each of which trusts only what those before it checked.
class TableReader {
 public:
  TableReader(const MappedFile& file, std::string file_name, const Limits& limits)
      : bytes_(file.text()), name_(std::move(file_name)), limits_(limits) {}

  Result<std::unique_ptr<TableAccess::Body>> read() {
    if (auto ok = read_header(); !ok) return std::move(ok).error();
    if (auto ok = read_directory(); !ok) return std::move(ok).error();
    auto schema = read_schema();
    if (!schema) return std::move(schema).error();
    auto body = std::make_unique<TableAccess::Body>(*std::move(schema), limits_);
    if (auto ok = body->check_room(users()); !ok) return std::move(ok).error();
    body->size = users();
    if (auto ok = read_blocks(*body); !ok) return std::move(ok).error();
    return body;
  }

 private:
  template <class... Args>
  Error damaged(fmt::format_string<Args...> text, Args&&... args) const {
    return {Errc::corrupt,
            name_ + " is damaged: " + fmt::format(text, std::forward<Args>(args)...),
            {}};
  }

  std::size_t users() const { return static_cast<std::size_t>(header_.users); }

  Result<void> read_header() {
    if (bytes_.size() < sizeof(Header) || std::memcmp(bytes_.data(), magic, sizeof magic) != 0) {
      return Error{Errc::corrupt, name_ + " is not a saved table", {}};
    }
    std::memcpy(&header_, bytes_.data(), sizeof(Header));
    if (header_.byte_order != byte_order) return damaged("its byte order is not little-endian");
    if (header_.version != version) {
      return Error{Errc::unsupported_version,
                   fmt::format("{} has format {}, this library reads format {}", name_,
                               header_.version, version),
                   {}};
    }
    if (header_.header_checksum != checksum(&header_, offsetof(Header, header_checksum))) {
      return damaged("the header's checksum differs");
    }
    if (bytes_.size() > limits_.max_saved_bytes) {
      return Error{Errc::limit,
                   fmt::format("{} is longer than {} bytes (max_saved_bytes)", name_,
                               limits_.max_saved_bytes),
                   {}};
    }
    if (header_.file_bytes == bytes_.size()) return {};
    return damaged("it has {} bytes, not {}", bytes_.size(), header_.file_bytes);
  }

  Result<void> read_directory() {
    const std::size_t left = bytes_.size() - sizeof(Header);
    if (header_.blocks > left / sizeof(Entry) ||
        header_.schema_bytes > left - header_.blocks * sizeof(Entry)) {
      return damaged("its directory is larger than the file");
    }
    const auto text = bytes_.substr(sizeof(Header), header_.blocks * sizeof(Entry));
    if (checksum(text) != header_.directory_checksum) {
      return damaged("the directory's checksum differs");
    }
    directory_.resize(header_.blocks);
    if (!text.empty()) std::memcpy(directory_.data(), text.data(), text.size());
    return check_places();
  }

  /// Blocks follow one another without gaps but for alignment, up to the end of the file.
  Result<void> check_places() const {
    std::uint64_t end = sizeof(Header) + directory_.size() * sizeof(Entry) + header_.schema_bytes;
    for (const Entry& entry : directory_) {
      if (entry.offset != aligned(end) || entry.offset > bytes_.size() ||
          entry.bytes > bytes_.size() - entry.offset) {
        return damaged("a block lies outside its place");
      }
      end = entry.offset + entry.bytes;
    }
    if (end == bytes_.size()) return {};
    return damaged("its last block ends at byte {}", end);
  }

  Result<Schema> read_schema() const {
    const auto text =
        bytes_.substr(sizeof(Header) + directory_.size() * sizeof(Entry), header_.schema_bytes);
    if (checksum(text) != header_.schema_checksum) return damaged("the schema's checksum differs");
    auto schema = Schema::from_json(text, limits_);
    if (!schema) return damaged("its schema: {}", schema.error().message);
    return schema;
  }

  Result<void> read_blocks(TableAccess::Body& body) {
    for (std::size_t i = 0; i < body.columns.size(); ++i) {
      const TagId id{static_cast<std::uint16_t>(i)};
      if (!body.stored(id)) continue;
      auto column = read_column(body.schema.tag(id), static_cast<std::uint32_t>(i));
      if (!column) return std::move(column).error();
      body.columns[i] = *std::move(column);
    }
    if (body.has_keys()) {
      if (auto ok = read_keys(body); !ok) return ok;
    }
    if (next_ != directory_.size()) return damaged("it has a block that no tag needs");
    return {};
  }

  /// The next block of the directory, where it is this one.
  const char* take(std::uint32_t column, Part part, std::uint64_t members) {
    if (next_ == directory_.size()) return nullptr;
    const Entry& entry = directory_[next_];
    if (entry.column != column || entry.part != part ||
        entry.bytes != part_bytes(part, header_.users, members)) {
      return nullptr;
    }
    const char* data = bytes_.data() + entry.offset;
    checksums_good_ =
        checksums_good_ && checksum(data, static_cast<std::size_t>(entry.bytes)) == entry.checksum;
    ++next_;
    return data;
  }

  template <class T>
  void take(const T*& pointer, std::uint32_t column, Part part, std::uint64_t members = 0) {
    // Blocks are aligned for every T, as the mapping and their offsets are.
    pointer = reinterpret_cast<const T*>(take(column, part, members));
  }

  Result<Column> read_column(const Tag& tag, std::uint32_t at) {
    ColumnView view;
    view.size = users();
    take(view.valid, at, Part::valid);
    switch (tag.type) {
      case TagType::boolean:
        take(view.bool_bits, at, Part::bits);
        break;
      case TagType::category:
        take(view.codes, at, Part::codes, header_.users);
        break;
      case TagType::number:
        take(view.doubles, at, Part::doubles);
        take(view.rests, at, Part::rests);
        break;
      case TagType::date:
        take(view.days, at, Part::days);
        break;
      case TagType::category_set:
        take(view.set_offsets, at, Part::set_offsets);
        if (view.set_offsets) take(view.codes, at, Part::codes, view.set_offsets[users()]);
        break;
    }
    if (!checksums_good_) return damaged("the checksum of {} differs", in_quotes(tag.name));
    if (!is_whole(tag, view)) return damaged("{} lacks a block", in_quotes(tag.name));
    if (auto ok = check_column(tag, view, users(), 0); !ok)
      return damaged("{}", ok.error().message);
    if (!is_as_saved(view)) {
      return damaged("{} holds values that were not saved", in_quotes(tag.name));
    }
    return Column::borrow(tag.type, view);
  }

  static bool is_whole(const Tag& tag, const ColumnView& view) {
    const void* values = tag.type == TagType::boolean  ? static_cast<const void*>(view.bool_bits)
                         : tag.type == TagType::number ? static_cast<const void*>(view.doubles)
                         : tag.type == TagType::date   ? static_cast<const void*>(view.days)
                                                       : static_cast<const void*>(view.codes);
    return values != nullptr;
  }

  Result<void> read_keys(TableAccess::Body& body) {
    const std::uint64_t* offsets = nullptr;
    const char* text = nullptr;
    take(offsets, keys_column, Part::key_offsets);
    if (offsets) take(text, keys_column, Part::key_bytes, offsets[users()]);
    if (!checksums_good_) return damaged("the checksum of the keys differs");
    if (!text) return damaged("the keys lack a block");
    if (offsets[0] != 0 || !std::is_sorted(offsets, offsets + users() + 1)) {
      return damaged("the offsets of the keys fall");
    }
    for (std::size_t i = 0; i < users(); ++i) {
      const std::string_view key(text + offsets[i],
                                 static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
      if (auto ok = body.check_key(key, i); !ok) return damaged("{}", ok.error().message);
    }
    const auto twice = body.keys.borrow({offsets, users() + 1},
                                        {text, static_cast<std::size_t>(offsets[users()])});
    if (twice == users()) return {};
    return damaged("{}", body.duplicate(body.keys[twice], twice).message);
  }

  std::string_view bytes_;
  std::string name_;
  const Limits& limits_;
  Header header_{};
  std::vector<Entry> directory_;
  std::size_t next_ = 0;  // block to take
  bool checksums_good_ = true;
};

}  // namespace

Result<UserTable> UserTable::open(const std::filesystem::path& file, const Limits& limits) {
  auto mapped = MappedFile::open(file);
  if (!mapped) return std::move(mapped).error();
  auto body = TableReader(*mapped, in_quotes(file.string()), limits).read();
  if (!body) return std::move(body).error();
  (*body)->file = *std::move(mapped);
  return UserTable(*std::move(body));
}

}  // namespace muster
