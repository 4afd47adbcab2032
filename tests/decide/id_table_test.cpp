#include "decide/id_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

TEST(IdTable, FindsTheNumbersOfItsIds) {
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back("id" + std::to_string(i));
  const IdTable table(std::vector<std::string_view>(ids.begin(), ids.end()));
  EXPECT_EQ(table.size(), 1000u);
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(table.find(ids[i]), i);
  for (int i = 1000; i < 2000; ++i) EXPECT_EQ(table.find("id" + std::to_string(i)), IdTable::none);
}

TEST(IdTable, MayBeEmptyAndKnowsTheEmptyId) {
  EXPECT_EQ(IdTable().find("a"), IdTable::none);
  EXPECT_EQ(IdTable(std::vector<std::string_view>()).find(""), IdTable::none);
  EXPECT_EQ(IdTable({"a", ""}).find(""), 1u);
}

TEST(IdTable, TellsIdsOfEveryLengthApart) {
  std::vector<std::string> ids;
  for (std::size_t size = 0; size < 40; ++size) {
    ids.emplace_back(size, 'x');
    if (size > 0) {
      ids.emplace_back("y" + std::string(size - 1, 'x'));
      ids.emplace_back(std::string(size - 1, 'x') + "y");
      ids.emplace_back(std::string(size / 2, 'x') + "z" + std::string(size - size / 2, 'x'));
    }
  }
  const IdTable table(std::vector<std::string_view>(ids.begin(), ids.end()));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::uint32_t found = table.find(ids[i]);
    ASSERT_LT(found, ids.size()) << ids[i];
    EXPECT_EQ(ids[found], ids[i]);
  }
}

TEST(IdTable, GivesTheFirstOfEqualIds) {
  const IdTable table({"b", "a", "b", "a"});
  EXPECT_EQ(table.find("b"), 0u);
  EXPECT_EQ(table.find("a"), 1u);
}

}  // namespace
}  // namespace muster
