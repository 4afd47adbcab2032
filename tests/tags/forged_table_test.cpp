#include <gtest/gtest.h>

#include <cstring>

#include "core/checksum.hpp"
#include "tags/table_file.hpp"
#include "tags/table_format.hpp"

namespace muster {
namespace {

using table_format::keys_column;
using table_format::Part;
using testing_samples::schema;
using testing_samples::small_table;
using testing_samples::user;

using ForgedTable = testing_samples::TableFile;

/// A saved table under repair: blocks can be changed and all checksums made right again, as
/// somebody with ill intent would.
class Forgery {
 public:
  explicit Forgery(std::string bytes) : bytes_(std::move(bytes)) {
    std::memcpy(&header, bytes_.data(), sizeof header);
    entries.resize(header.blocks);
    std::memcpy(entries.data(), bytes_.data() + sizeof header,
                entries.size() * sizeof(table_format::Entry));
  }

  /// Element `at` of the first block of a column and part.
  template <class T>
  void set(std::uint32_t column, table_format::Part part, std::size_t at, T value) {
    for (const auto& entry : entries) {
      if (entry.column != column || entry.part != part) continue;
      std::memcpy(bytes_.data() + entry.offset + at * sizeof(T), &value, sizeof(T));
      return;
    }
    FAIL() << "no such block";
  }

  std::string sealed() {
    for (auto& entry : entries) {
      if (entry.offset > bytes_.size() || entry.bytes > bytes_.size() - entry.offset) continue;
      entry.checksum = checksum(bytes_.data() + entry.offset, entry.bytes);
    }
    const std::size_t directory = entries.size() * sizeof(table_format::Entry);
    std::memcpy(bytes_.data() + sizeof header, entries.data(), directory);
    header.directory_checksum = checksum(entries.data(), directory);
    header.header_checksum = checksum(&header, offsetof(table_format::Header, header_checksum));
    std::memcpy(bytes_.data(), &header, sizeof header);
    return bytes_;
  }

  table_format::Header header;
  std::vector<table_format::Entry> entries;

 private:
  std::string bytes_;
};

TEST_F(ForgedTable, ForgeriesAreRefusedWithTheReason) {
  ASSERT_TRUE(small_table().save(file_));
  const std::string whole = bytes();
  const struct {
    void (*forge)(Forgery&);
    const char* message;
  } cases[] = {
      {[](Forgery&) {}, "done"},
      {[](Forgery& f) { f.header.version = 2; },
       "unsupported_version: FILE has format 2, this library reads format 1"},
      {[](Forgery& f) { f.header.byte_order = 0x04030201; },
       "corrupt: FILE is damaged: its byte order is not little-endian"},
      {[](Forgery& f) { f.header.magic[7] = 'X'; }, "corrupt: FILE is not a saved table"},
      {[](Forgery& f) { f.header.file_bytes += 1; },
       "corrupt: FILE is damaged: it has 2759 bytes, not 2760"},
      {[](Forgery& f) { f.header.blocks = ~std::uint64_t{0} / 16; },
       "corrupt: FILE is damaged: its directory is larger than the file"},
      {[](Forgery& f) { f.header.schema_bytes = ~std::uint64_t{0}; },
       "corrupt: FILE is damaged: its directory is larger than the file"},
      {[](Forgery& f) { f.header.schema_bytes -= 1; },
       "corrupt: FILE is damaged: the schema's checksum differs"},
      {[](Forgery& f) { f.header.users = 4; },
       "corrupt: FILE is damaged: 'terminal' lacks a block"},
      {[](Forgery& f) { f.header.users = ~std::uint64_t{0}; },
       "limit: the table would hold more than 2147483648 users (max_users)"},
      {[](Forgery& f) { f.entries[0].offset += 64; },
       "corrupt: FILE is damaged: a block lies outside its place"},
      {[](Forgery& f) { f.entries[0].offset = ~std::uint64_t{0} - 63; },
       "corrupt: FILE is damaged: a block lies outside its place"},
      {[](Forgery& f) { f.entries[0].bytes = ~std::uint64_t{0}; },
       "corrupt: FILE is damaged: a block lies outside its place"},
      {[](Forgery& f) { f.entries.back().bytes -= 1; },
       "corrupt: FILE is damaged: its last block ends at byte 2758"},
      {[](Forgery& f) { f.entries[0].column = 9; },
       "corrupt: FILE is damaged: 'five_g' lacks a block"},
      {[](Forgery& f) { f.entries[0].part = Part{77}; },
       "corrupt: FILE is damaged: 'five_g' lacks a block"},
      {[](Forgery& f) { f.entries.back().part = Part::key_offsets; },
       "corrupt: FILE is damaged: the keys lack a block"},
      {[](Forgery& f) { f.set<std::uint64_t>(0, Part::bits, 0, 15); },
       "corrupt: FILE is damaged: 'five_g' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::uint64_t>(1, Part::valid, 0, 15); },
       "corrupt: FILE is damaged: 'complained' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::uint64_t>(1, Part::bits, 0, 2); },
       "corrupt: FILE is damaged: 'complained' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::uint16_t>(2, Part::codes, 1, 3); },
       "corrupt: FILE is damaged: 'terminal' has 3 categories, but row 2 has code 3"},
      {[](Forgery& f) { f.set<std::uint16_t>(3, Part::codes, 1, 60000); },
       "corrupt: FILE is damaged: 'city' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::uint16_t>(4, Part::codes, 1, 0); },
       "corrupt: FILE is damaged: 'interests' has a set in row 1 whose codes do not ascend"},
      {[](Forgery& f) { f.set<std::uint32_t>(4, Part::set_offsets, 1, 7); },
       "corrupt: FILE is damaged: 'interests' has falling set offsets in row 2"},
      {[](Forgery& f) { f.set<std::uint32_t>(4, Part::set_offsets, 0, 1); },
       "corrupt: FILE is damaged: 'interests' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::uint32_t>(4, Part::set_offsets, 3, 0xffffffff); },
       "corrupt: FILE is damaged: 'interests' lacks a block"},
      {[](Forgery& f) { f.set<std::uint32_t>(5, Part::set_offsets, 2, 2); },
       "corrupt: FILE is damaged: 'channels' holds values that were not saved"},
      {[](Forgery& f) { f.set<double>(6, Part::doubles, 0, -0.0); },
       "corrupt: FILE is damaged: 'fee' holds values that were not saved"},
      {[](Forgery& f) { f.set<double>(7, Part::doubles, 0, std::nan("")); },
       "corrupt: FILE is damaged: 'used' holds values that were not saved"},
      {[](Forgery& f) { f.set<std::int16_t>(7, Part::rests, 0, 1); },
       "corrupt: FILE is damaged: 'used' has a rest in row 1 that does not go with its double"},
      {[](Forgery& f) { f.set<std::int32_t>(8, Part::days, 2, -800'000); },
       "corrupt: FILE is damaged: 'since' has day -800000 in row 3, outside the years 1 to 9999"},
      {[](Forgery& f) { f.set<std::uint64_t>(keys_column, Part::key_offsets, 1, 5); },
       "corrupt: FILE is damaged: the offsets of the keys fall"},
      {[](Forgery& f) { f.set<std::uint64_t>(keys_column, Part::key_offsets, 0, 1); },
       "corrupt: FILE is damaged: the offsets of the keys fall"},
      {[](Forgery& f) { f.set<std::uint64_t>(keys_column, Part::key_offsets, 3, 1 << 20); },
       "corrupt: FILE is damaged: the keys lack a block"},
      {[](Forgery& f) { f.set<char>(keys_column, Part::key_bytes, 1, 'x'); },
       "corrupt: FILE is damaged: row 1 has the id '\\xe7x\\xb2', which is not UTF-8"},
      {[](Forgery& f) { f.set<std::uint64_t>(keys_column, Part::key_offsets, 1, 4); },
       "corrupt: FILE is damaged: row 2 has no id"},
  };
  for (const auto& c : cases) {
    Forgery forgery(whole);
    c.forge(forgery);
    write(forgery.sealed());
    EXPECT_EQ(open(), c.message);
  }
}

TEST_F(ForgedTable, DamageIsNamedByItsPlace) {
  ASSERT_TRUE(small_table().save(file_));
  const std::string whole = bytes();
  const Forgery file(whole);
  const std::size_t schema_at =
      sizeof(table_format::Header) + file.entries.size() * sizeof(table_format::Entry);
  const struct {
    std::size_t at;
    const char* message;
  } cases[] = {
      {offsetof(table_format::Header, reserved), "the header's checksum differs"},
      {sizeof(table_format::Header) + 8, "the directory's checksum differs"},
      {schema_at + 20, "the schema's checksum differs"},
      {file.entries[0].offset, "the checksum of 'five_g' differs"},
      {file.entries.back().offset, "the checksum of the keys differs"},
  };
  for (const auto& c : cases) {
    std::string damaged = whole;
    damaged[c.at] = static_cast<char>(damaged[c.at] ^ 1);
    write(damaged);
    EXPECT_EQ(open(), std::string("corrupt: FILE is damaged: ") + c.message);
  }
}

TEST_F(ForgedTable, EqualKeysAreRefused) {
  UserTable table(schema());
  ASSERT_TRUE(table.append("a", user(table.schema())));
  ASSERT_TRUE(table.append("b", user(table.schema())));
  ASSERT_TRUE(table.save(file_));
  Forgery forgery(bytes());
  forgery.set<char>(keys_column, Part::key_bytes, 1, 'a');
  write(forgery.sealed());
  EXPECT_EQ(open(), "corrupt: FILE is damaged: row 2 has the id 'a' of an earlier row");
}

TEST_F(ForgedTable, ABlockTooManyIsRefused) {
  // The schema's key is renamed to none, in place, so that nobody asks for the keys' blocks.
  ASSERT_TRUE(small_table().save(file_));
  std::string whole = bytes();
  const auto key = whole.find("\"id\"");
  ASSERT_NE(key, whole.npos);
  whole.replace(key, 4, "\"\"  ");
  Forgery forgery(whole);
  const std::size_t schema_at =
      sizeof(table_format::Header) + forgery.entries.size() * sizeof(table_format::Entry);
  forgery.header.schema_checksum = checksum(whole.data() + schema_at, forgery.header.schema_bytes);
  write(forgery.sealed());
  EXPECT_EQ(open(), "corrupt: FILE is damaged: it has a block that no tag needs");
}

}  // namespace
}  // namespace muster
