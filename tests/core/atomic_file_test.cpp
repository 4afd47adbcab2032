#include "core/atomic_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

namespace muster {
namespace {

class AtomicFileTest : public testing::Test {
 protected:
  AtomicFileTest()
      : folder_(std::filesystem::temp_directory_path() /
                std::string("muster_atomic_").append(std::to_string(::getpid()))),
        file_(folder_ / "file") {
    std::filesystem::create_directories(folder_);
    std::ofstream(file_) << "old";
  }
  ~AtomicFileTest() override { std::filesystem::remove_all(folder_); }

  std::string content() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(folder_),
                         std::filesystem::directory_iterator());
  }

  std::filesystem::path folder_, file_;
};

Result<void> write(AtomicFile& file, std::string_view text) {
  return file.write(std::as_bytes(std::span(text)));
}

TEST_F(AtomicFileTest, ReplacesTheOldFileWhenCommitted) {
  auto file = AtomicFile::create(file_);
  ASSERT_TRUE(file);
  ASSERT_TRUE(write(*file, "ne"));
  ASSERT_TRUE(write(*file, "w"));
  EXPECT_EQ(content(), "old");
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(content(), "new");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, LeavesTheOldFileWhereNothingIsCommitted) {
  {
    auto file = AtomicFile::create(file_);
    ASSERT_TRUE(file);
    ASSERT_TRUE(write(*file, "new"));
    EXPECT_EQ(files(), 2);
  }
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFileTest, TwoWritersDoNotMeet) {
  auto first = AtomicFile::create(file_), second = AtomicFile::create(file_);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(write(*first, "first") && write(*second, "second"));
  ASSERT_TRUE(second->commit());
  EXPECT_EQ(content(), "second");
  ASSERT_TRUE(first->commit());
  EXPECT_EQ(content(), "first");
}

TEST_F(AtomicFileTest, SaysWhyItCanNotWrite) {
  const auto nowhere = folder_ / "none" / "file";
  const auto file = AtomicFile::create(nowhere);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Errc::io);
  EXPECT_EQ(file.error().message,
            "cannot write '" + nowhere.string() + "': No such file or directory");
}

}  // namespace
}  // namespace muster
