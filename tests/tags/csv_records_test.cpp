#include "tags/csv_records.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> all(std::string_view text) {
  CsvRecords records(text);
  std::vector<Cells> out;
  for (Cells cells; *records.next(cells);) out.push_back(cells);
  return out;
}

TEST(CsvRecords, AreTexts) {
  EXPECT_EQ(all("a,b\r\n1,\"x, \"\"y\"\"\"\n\n,\n\"two\nlines\",3"),
            (std::vector<Cells>{{"a", "b"}, {"1", "x, \"y\""}, {"", ""}, {"two\nlines", "3"}}));
  EXPECT_EQ(all("\xef\xbb\xbfname\n"), (std::vector<Cells>{{"name"}}));
  EXPECT_EQ(all(""), std::vector<Cells>());
}

TEST(CsvRecords, CountLines) {
  CsvRecords records("a\n\"two\nlines\"\n\nlast\n");
  Cells cells;
  for (const std::size_t line : {1u, 2u, 5u}) {
    ASSERT_TRUE(*records.next(cells));
    EXPECT_EQ(records.line(), line);
  }
  EXPECT_FALSE(*records.next(cells));
}

TEST(CsvRecords, SayWhereTheyBreakTheRules) {
  CsvRecords records("a,b\n1,x\"y\n");
  Cells cells;
  ASSERT_TRUE(*records.next(cells));
  const auto read = records.next(cells);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::csv_syntax);
  EXPECT_EQ(read.error().message, "line 2, column 2: the quotes of 'x\"y' are wrong");
  CsvRecords bytes("\xff\n");
  const auto bad = bytes.next(cells);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "line 1, column 1: '\\xff' is not UTF-8");
}

TEST(CsvRecords, AreReadInBatches) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + ",x\n";
  const auto records = all(text);
  ASSERT_EQ(records.size(), 20'000u);
  EXPECT_EQ(records[19'999], (Cells{"19999", "x"}));
}

}  // namespace
}  // namespace muster
