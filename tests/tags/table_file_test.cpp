#include "tags/table_file.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using testing_samples::random_user;
using testing_samples::refusal;
using testing_samples::schema;
using testing_samples::small_table;
using testing_samples::TableFile;
using testing_samples::text;
using testing_samples::user;

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
