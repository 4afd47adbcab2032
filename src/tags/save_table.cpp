#include <algorithm>
#include <array>

#include "core/atomic_file.hpp"
#include "core/checksum.hpp"
#include "tags/table_body.hpp"
#include "tags/table_format.hpp"

namespace muster {
namespace {

using namespace table_format;

struct Block {
  Entry entry{};
  const void* data = nullptr;
};

void add_block(std::vector<Block>& blocks, std::uint32_t column, Part part, const void* data,
               std::uint64_t bytes) {
  if (data == nullptr) return;
  const Entry entry{column, part, 0, bytes, checksum(data, static_cast<std::size_t>(bytes))};
  blocks.push_back({entry, data});
}

void add_column(std::vector<Block>& blocks, std::uint32_t column, const ColumnView& view) {
  const std::uint64_t members = view.set_offsets ? view.set_offsets[view.size] : view.size;
  const std::pair<Part, const void*> parts[] = {
      {Part::valid, view.valid},     {Part::bits, view.bool_bits},
      {Part::doubles, view.doubles}, {Part::rests, view.rests},
      {Part::days, view.days},       {Part::set_offsets, view.set_offsets},
      {Part::codes, view.codes},
  };
  for (const auto& [part, data] : parts) {
    add_block(blocks, column, part, data, part_bytes(part, view.size, members));
  }
}

void add_keys(std::vector<Block>& blocks, const KeyStore& keys) {
  static constexpr std::uint64_t none[1] = {0};
  static constexpr char nothing = 0;
  const auto offsets = keys.offsets().empty() ? std::span(none) : keys.offsets();
  const auto bytes = keys.bytes();
  add_block(blocks, keys_column, Part::key_offsets, offsets.data(), offsets.size_bytes());
  add_block(blocks, keys_column, Part::key_bytes, bytes.empty() ? &nothing : bytes.data(),
            bytes.size());
}

std::vector<Block> collect_blocks(const TableAccess::Body& body) {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < body.columns.size(); ++i) {
    if (!body.stored(TagId{static_cast<std::uint16_t>(i)})) continue;
    add_column(blocks, static_cast<std::uint32_t>(i), body.columns[i].view());
  }
  if (body.has_keys()) add_keys(blocks, body.keys);
  return blocks;
}

/// Gives every block its place and returns the end of the last.
std::uint64_t place(std::vector<Block>& blocks, std::uint64_t schema_bytes) {
  std::uint64_t at = sizeof(Header) + blocks.size() * sizeof(Entry) + schema_bytes;
  for (Block& block : blocks) {
    block.entry.offset = aligned(at);
    at = block.entry.offset + block.entry.bytes;
  }
  return at;
}

Header make_header(std::uint64_t users, std::uint64_t file_bytes, std::string_view directory,
                   std::string_view schema) {
  Header header{};
  std::copy(std::begin(magic), std::end(magic), header.magic);
  header.version = version;
  header.byte_order = byte_order;
  header.file_bytes = file_bytes;
  header.users = users;
  header.blocks = directory.size() / sizeof(Entry);
  header.schema_bytes = schema.size();
  header.directory_checksum = checksum(directory);
  header.schema_checksum = checksum(schema);
  header.header_checksum = checksum(&header, offsetof(Header, header_checksum));
  return header;
}

std::string bytes_of(const std::vector<Block>& blocks) {
  std::string directory;
  for (const Block& block : blocks) {
    directory.append(reinterpret_cast<const char*>(&block.entry), sizeof(Entry));
  }
  return directory;
}

/// Writes one piece after another and pads between them.
class Output {
 public:
  explicit Output(AtomicFile& file) : file_(file) {}

  Result<void> write(const void* data, std::uint64_t bytes) {
    at_ += bytes;
    return file_.write({static_cast<const std::byte*>(data), static_cast<std::size_t>(bytes)});
  }
  Result<void> pad_to(std::uint64_t offset) {
    static constexpr std::array<char, alignment> zeros{};
    return write(zeros.data(), offset - at_);
  }

 private:
  AtomicFile& file_;
  std::uint64_t at_ = 0;
};

}  // namespace

Result<void> UserTable::save(const std::filesystem::path& file) const {
  const std::string schema = body_->schema.to_json();
  std::vector<Block> blocks = collect_blocks(*body_);
  const std::uint64_t file_bytes = place(blocks, schema.size());
  const std::string directory = bytes_of(blocks);
  const Header header = make_header(body_->size, file_bytes, directory, schema);

  auto created = AtomicFile::create(file);
  if (!created) return std::move(created).error();
  Output output(*created);
  if (auto ok = output.write(&header, sizeof header); !ok) return ok;
  if (auto ok = output.write(directory.data(), directory.size()); !ok) return ok;
  if (auto ok = output.write(schema.data(), schema.size()); !ok) return ok;
  for (const Block& block : blocks) {
    if (auto ok = output.pad_to(block.entry.offset); !ok) return ok;
    if (auto ok = output.write(block.data, block.entry.bytes); !ok) return ok;
  }
  return created->commit();
}

}  // namespace muster
