#include "engage/base64url.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(Base64Url, GoesBothWays) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(to_base64url(bytes), text);
    EXPECT_EQ(from_base64url(text), bytes);
  }
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(from_base64url(to_base64url(all)), all);
}

TEST(Base64Url, ReadsNoOtherText) {
  for (const char* text :
       {"Z", "Zm9vY", "Zg=", "Zg==", "Zm+v", "Zm/v", "Zm 9v", "Zh", "Zm9", "套"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
}

}  // namespace
}  // namespace muster
