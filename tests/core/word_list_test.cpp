#include "core/word_list.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(WordList, JoinsWithOr) {
  constexpr std::string_view words[] = {"a", "b", "c"};
  EXPECT_EQ(one_of(std::span(words).first(1)), "a");
  EXPECT_EQ(one_of(std::span(words).first(2)), "a or b");
  EXPECT_EQ(one_of(words), "a, b or c");
}

}  // namespace
}  // namespace muster
