#include "core/mapped_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace muster {
namespace {

std::filesystem::path temporary(const std::string& name) {
  return std::filesystem::temp_directory_path() /
         std::string("muster_mapped_").append(std::to_string(::getpid())).append(name);
}

TEST(MappedFile, ShowsAFilesBytesAndOutlivesItsName) {
  const auto path = temporary("file");
  std::ofstream(path) << "bytes";
  auto file = MappedFile::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(file);
  const MappedFile moved = *std::move(file);
  EXPECT_EQ(moved.text(), "bytes");
  EXPECT_EQ(moved.size(), 5u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(moved.data()) % 64, 0u);
}

TEST(MappedFile, AnEmptyFileHasNoBytes) {
  const auto path = temporary("empty");
  std::ofstream{path};
  const auto file = MappedFile::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 0u);
}

TEST(MappedFile, APipeIsReadToItsEnd) {
  const auto path = temporary("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const std::string text(200'000, 'x');
  std::jthread writer([&] { std::ofstream(path) << text; });
  const auto file = MappedFile::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text(), text);
}

TEST(MappedFile, WhatHasNoEndIsReadToALimit) {
  const auto zeros = MappedFile::open("/dev/zero", 100'000);
  ASSERT_FALSE(zeros);
  EXPECT_EQ(zeros.error().code, Errc::limit);
  EXPECT_EQ(zeros.error().message, "'/dev/zero' gives more than 100000 bytes");
  const auto path = temporary("as_much");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::jthread writer([&] { std::ofstream(path) << std::string(100'000, 'x'); });
  EXPECT_EQ(MappedFile::open(path, 100'000)->size(), 100'000u);
  std::filesystem::remove(path);
}

TEST(MappedFile, SaysWhyItCanNotRead) {
  const auto path = temporary("missing");
  const auto missing = MappedFile::open(path);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::io);
  EXPECT_EQ(missing.error().message,
            "cannot read '" + path.string() + "': No such file or directory");
  const auto folder = MappedFile::open(std::filesystem::temp_directory_path());
  ASSERT_FALSE(folder);
  EXPECT_TRUE(folder.error().message.ends_with(": Is a directory")) << folder.error().message;
}

}  // namespace
}  // namespace muster
