// What docs/catalogue.md shows is right.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

std::string page() {
  std::ostringstream text;
  text << std::ifstream(MUSTER_DOCS "/catalogue.md").rdbuf();
  return text.str();
}

/// The first block of JSON after a heading.
std::string block(const std::string& text, const std::string& heading) {
  const std::string fence = "\n```jsonc\n";
  const std::size_t begin = text.find(fence, text.find(heading)) + fence.size();
  return text.substr(begin, text.find("\n```", begin) + 1 - begin);
}

TEST(CatalogueDocs, TheExampleWithEverythingIsRight) {
  const std::string json = block(page(), "## An example with everything");
  const auto catalogue = Catalogue::from_json(json);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  EXPECT_EQ(first_lines(catalogue->warnings(), json), std::vector<std::string>{});
  EXPECT_EQ(catalogue->version(), "2026-11.1");
  EXPECT_EQ(catalogue->channels().size(), 3u);
  EXPECT_EQ(catalogue->policies().size(), 2u);
  EXPECT_EQ(catalogue->contact_rules().size(), 4u);
}

TEST(CatalogueDocs, EveryKeyOfTheExampleIsExplained) {
  const std::string text = page();
  const std::string json = block(text, "## An example with everything");
  const std::string prose = text.substr(0, text.find("## An example with everything"));
  for (std::size_t at = json.find("\":"); at != json.npos; at = json.find("\":", at + 1)) {
    const std::size_t begin = json.rfind('"', at - 1) + 1;
    const std::string key = json.substr(begin, at - begin);
    if (key == "leaving") continue;  // a segment's name
    EXPECT_NE(prose.find("`" + key + "`"), prose.npos) << key;
  }
}

// The table of service classes is that of the program.
TEST(CatalogueDocs, TheDefaultClassTableIsShown) {
  const std::string text = page();
  for (std::size_t i = 0; i < service_classes; ++i) {
    std::string row = "\n| `" + std::string(name(static_cast<ServiceClass>(i))) + "` |";
    for (std::size_t k = 0; k < channel_kinds; ++k) {
      const auto kind = static_cast<ChannelKind>(k);
      if (!ClassTable().may_carry(kind, static_cast<ServiceClass>(i))) continue;
      row += (row.back() == '|' ? " `" : ", `") + std::string(name(kind)) + "`";
    }
    EXPECT_NE(text.find(row + " |\n"), text.npos) << row;
  }
}

}  // namespace
}  // namespace muster
