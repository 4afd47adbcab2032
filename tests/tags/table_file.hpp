#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tags/table_samples.hpp"

namespace muster::testing_samples {

/// A folder with a file for a table, gone afterwards.
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

/// Three users.
inline UserTable small_table(const std::string& key = "id") {
  UserTable table(schema(key));
  const bool keys = !key.empty();
  EXPECT_TRUE(table.append(keys ? "甲" : "", user(table.schema())));
  EXPECT_TRUE(table.append(keys ? "b" : "", user(table.schema(), true)));
  User big = user(table.schema());
  EXPECT_TRUE(big.set("used", std::int64_t{9007199254740993}));
  EXPECT_TRUE(table.append(keys ? "ccc" : "", big));
  return table;
}

}  // namespace muster::testing_samples
