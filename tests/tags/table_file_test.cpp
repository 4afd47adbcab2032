#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/checksum.hpp"
#include "muster/tags/user_table.hpp"
#include "tags/table_format.hpp"
#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::random_user;
using testing_samples::schema;
using testing_samples::text;
using testing_samples::user;

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code)) + ": " + result.error().message;
}

class TableFile : public testing::Test {
 protected:
  TableFile()
      : folder_(std::filesystem::temp_directory_path() /
                std::string("muster_table_").append(std::to_string(::getpid()))),
        file_(folder_ / "users.mut") {
    std::filesystem::create_directories(folder_);
  }
  ~TableFile() override { std::filesystem::remove_all(folder_); }

  std::string bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& bytes) const {
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
  }
  /// The message without the file's name.
  std::string open(const Limits& limits = {}) const {
    std::string said = refusal(UserTable::open(file_, limits));
    const std::string name = "'" + file_.string() + "'";
    if (const auto at = said.find(name); at != said.npos) said.replace(at, name.size(), "FILE");
    return said;
  }

  std::filesystem::path folder_, file_;
};

UserTable small_table(const std::string& key = "id") {
  UserTable table(schema(key));
  const bool keys = !key.empty();
  EXPECT_TRUE(table.append(keys ? "甲" : "", user(table.schema())));
  EXPECT_TRUE(table.append(keys ? "b" : "", user(table.schema(), true)));
  User big = user(table.schema());
  EXPECT_TRUE(big.set("used", std::int64_t{9007199254740993}));
  EXPECT_TRUE(table.append(keys ? "ccc" : "", big));
  return table;
}

TEST_F(TableFile, OpensWhatWasSaved) {
  for (const char* key : {"id", ""}) {
    const UserTable table = small_table(key);
    ASSERT_TRUE(table.save(file_));
    const auto opened = UserTable::open(file_);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(text(*opened), text(table));
    EXPECT_EQ(opened->schema().fingerprint(), table.schema().fingerprint());
    EXPECT_EQ(opened->schema().key(), key);
    EXPECT_EQ(opened->find(*key != 0 ? "ccc" : "3"), 2u);
  }
}

TEST_F(TableFile, SavesTheSameBytesAgain) {
  ASSERT_TRUE(small_table().save(file_));
  const std::string first = bytes();
  auto opened = UserTable::open(file_);
  ASSERT_TRUE(opened);
  ASSERT_TRUE(opened->save(file_));  // over the file it is mapped from
  EXPECT_EQ(bytes(), first);
  EXPECT_EQ(text(*opened), text(small_table()));
}

TEST_F(TableFile, KeepsManyUsersOfEveryKind) {
  std::mt19937_64 random(3);
  UserTable table(schema());
  for (int i = 0; i < 5000; ++i) {
    ASSERT_TRUE(table.append(std::to_string(i), random_user(table.schema(), random)));
  }
  ASSERT_TRUE(table.save(file_));
  const auto opened = UserTable::open(file_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(text(*opened), text(table));
}

TEST_F(TableFile, KeepsAnEmptyTable) {
  for (const char* key : {"id", ""}) {
    ASSERT_TRUE(UserTable(schema(key)).save(file_));
    auto opened = UserTable::open(file_);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->size(), 0u);
    EXPECT_TRUE(opened->append(*key != 0 ? "a" : "", user(opened->schema())));
    EXPECT_EQ(opened->size(), 1u);
  }
}

TEST_F(TableFile, AMappedTableCopiesWhatItWritesTo) {
  const UserTable table = small_table();
  ASSERT_TRUE(table.save(file_));
  const std::string before = bytes();
  auto opened = UserTable::open(file_);
  ASSERT_TRUE(opened);
  const std::size_t mapped = opened->memory_bytes();
  const TagId fee = *opened->schema().find("fee"), city = *opened->schema().find("city");
  const auto* city_codes = opened->column(city).codes;
  User change = user(opened->schema());
  EXPECT_TRUE(change.set("fee", 128));
  ASSERT_TRUE(opened->update(1, change, "fee"));
  EXPECT_EQ(std::get<Number>(opened->row(1).cell(fee)), Number(128));
  EXPECT_EQ(std::get<Number>(opened->row(0).cell(fee)), Number(96));
  EXPECT_EQ(opened->column(city).codes, city_codes);  // still mapped
  EXPECT_GT(opened->memory_bytes(), mapped);
  ASSERT_TRUE(opened->append("new", user(opened->schema())));
  EXPECT_EQ(opened->find("new"), 3u);
  EXPECT_EQ(opened->find("b"), 1u);
  EXPECT_EQ(refusal(opened->append("b", user(opened->schema()))),
            "duplicate_key: row 5 has the id 'b' of an earlier row");
  EXPECT_EQ(bytes(), before);
}

TEST_F(TableFile, EveryTruncationIsRefused) {
  ASSERT_TRUE(small_table().save(file_));
  const std::string whole = bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write(whole.substr(0, size));
    ASSERT_FALSE(UserTable::open(file_)) << size;
  }
  write(whole + std::string(1, '\0'));
  EXPECT_FALSE(UserTable::open(file_));
}

TEST_F(TableFile, EveryFlippedByteIsRefusedOrHarmless) {
  const UserTable table = small_table();
  ASSERT_TRUE(table.save(file_));
  const std::string whole = bytes(), content = text(table);
  std::size_t harmless = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1u << (at % 8)));
    write(damaged);
    const auto opened = UserTable::open(file_);
    if (!opened) continue;
    ++harmless;
    ASSERT_EQ(text(*opened), content) << at;
  }
  // Only the bytes between blocks.
  EXPECT_LT(harmless, 64 * 20u);
}

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

using table_format::keys_column;
using table_format::Part;

TEST_F(TableFile, ForgeriesAreRefusedWithTheReason) {
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

TEST_F(TableFile, DamageIsNamedByItsPlace) {
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

/// What a table should hold after many updates, kept as users.
TEST_F(TableFile, UpdatesOfAMappedTableAreThoseOfOneInMemory) {
  std::mt19937_64 random(5);
  UserTable table(schema());
  std::vector<User> users;
  for (int i = 0; i < 100; ++i) {
    users.push_back(random_user(table.schema(), random));
    ASSERT_TRUE(table.append(std::to_string(i), users.back()));
  }
  ASSERT_TRUE(table.save(file_));
  const std::string before = bytes();
  auto mapped = UserTable::open(file_);
  ASSERT_TRUE(mapped);
  for (int i = 0; i < 3000; ++i) {
    const std::size_t at = random() % users.size();
    const User other = random_user(table.schema(), random);
    users[at] = random_user(table.schema(), random);
    const Tag& tag = table.schema().tags()[random() % (table.schema().size() - 1)];
    ASSERT_TRUE(mapped->update(at, other, tag.name));  // value, NULL or another size of set
    for (const Tag& each : table.schema().tags()) {
      if (!each.derived.empty()) continue;
      ASSERT_TRUE(mapped->update(at, users[at], each.name));
      ASSERT_TRUE(table.update(at, users[at], each.name));
    }
  }
  for (std::size_t i = 0; i < users.size(); ++i) {
    EXPECT_EQ(text(mapped->schema(), mapped->row(i)), text(table.schema(), users[i]));
  }
  EXPECT_EQ(text(*mapped), text(table));
  EXPECT_EQ(bytes(), before);
  ASSERT_TRUE(mapped->save(file_));  // and the changes are saved in the form that open takes
  const auto again = UserTable::open(file_);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(text(*again), text(table));
}

TEST_F(TableFile, EqualKeysAreRefused) {
  UserTable table(schema());
  ASSERT_TRUE(table.append("a", user(table.schema())));
  ASSERT_TRUE(table.append("b", user(table.schema())));
  ASSERT_TRUE(table.save(file_));
  Forgery forgery(bytes());
  forgery.set<char>(keys_column, Part::key_bytes, 1, 'a');
  write(forgery.sealed());
  EXPECT_EQ(open(), "corrupt: FILE is damaged: row 2 has the id 'a' of an earlier row");
}

TEST_F(TableFile, ABlockTooManyIsRefused) {
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

TEST_F(TableFile, KeepsToTheLimits) {
  ASSERT_TRUE(small_table().save(file_));
  Limits limits;
  limits.max_users = 2;
  EXPECT_EQ(open(limits), "limit: the table would hold more than 2 users (max_users)");
  limits = {};
  limits.max_saved_bytes = 1000;
  EXPECT_EQ(open(limits), "limit: FILE is longer than 1000 bytes (max_saved_bytes)");
  limits = {};
  limits.max_tags = 3;
  EXPECT_TRUE(open(limits).starts_with("corrupt: FILE is damaged: its schema: ")) << open(limits);
}

TEST_F(TableFile, SaysWhyAFileCanNotBeReadOrWritten) {
  EXPECT_EQ(open(), "io: cannot read FILE: No such file or directory");
  const auto missing = folder_ / "none" / "users.mut";
  EXPECT_EQ(refusal(small_table().save(missing)),
            "io: cannot write '" + missing.string() + "': No such file or directory");
  EXPECT_EQ(refusal(small_table().save(folder_)),
            "io: cannot write '" + folder_.string() + "': Is a directory");
  write("");
  EXPECT_EQ(open(), "corrupt: FILE is not a saved table");
}

TEST_F(TableFile, AFailedSaveLeavesNothingBehind) {
  const auto target = folder_ / "taken";
  std::filesystem::create_directory(target);
  std::ofstream(target / "x") << "x";
  EXPECT_FALSE(small_table().save(target));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 1u);
}

}  // namespace
}  // namespace muster
