#include "tags/csv_scanner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace muster {
namespace {

using Records = std::vector<std::vector<std::string>>;

/// All cells as they stand in the text, read in batches of about so many cells.
Records scan(std::string_view text, std::size_t cells) {
  Records records;
  CsvScanner scanner(text, ',');
  CsvBatch batch;
  while (scanner.next(batch, cells, cells * 8)) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      auto& record = records.emplace_back();
      for (std::size_t cell = batch.records[i]; cell < batch.records[i + 1]; ++cell) {
        const std::size_t begin = batch.cell_begin(cell);
        record.emplace_back(text.substr(begin, batch.cell_end(cell) - begin));
        EXPECT_EQ((batch.ends[cell] & CsvBatch::has_quote) != 0,
                  record.back().find('"') != std::string::npos);
      }
    }
  }
  return records;
}

/// The same by walking from byte to byte.
Records walk(std::string_view text) {
  Records records;
  bool inside = false, open = false;
  for (const char c : text) {
    if (!open) records.emplace_back().emplace_back();
    open = true;
    inside ^= c == '"';
    if (!inside && c == ',') {
      records.back().emplace_back();
    } else if (!inside && c == '\n') {
      open = false;
    } else {
      records.back().back().push_back(c);
    }
  }
  return records;
}

TEST(CsvScanner, FindsCellsWhereverBlocksAndBatchesEnd) {
  const struct {
    const char* text;
    Records records;
  } cases[] = {
      {"", {}},
      {"\n", {{""}}},
      {"a", {{"a"}}},
      {"a,b\n", {{"a", "b"}}},
      {"a,b\r\nc", {{"a", "b\r"}, {"c"}}},
      {",\n,", {{"", ""}, {"", ""}}},
      {"\"a,\n\",b\n", {{"\"a,\n\"", "b"}}},
      {"\"a\"\"b\",c", {{"\"a\"\"b\"", "c"}}},
      {"a\n\"never closed,\n", {{"a"}, {"\"never closed,\n"}}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(scan(c.text, 1), c.records) << c.text;
    EXPECT_EQ(walk(c.text), c.records) << c.text;
  }
}

TEST(CsvScanner, AgreesWithAWalkOnRandomText) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const std::string_view alphabet = round % 2 == 0 ? "a,\n\"" : "abcdefgh,,\n\"\r";
    for (std::size_t i = random() % 400; i-- > 0;) {
      text.push_back(alphabet[random() % alphabet.size()]);
    }
    for (const std::size_t cells : {1u, 7u, 1000u}) ASSERT_EQ(scan(text, cells), walk(text));
  }
}

}  // namespace
}  // namespace muster
