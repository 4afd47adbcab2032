#include "cli/run_tool.hpp"

namespace muster {
namespace {

class ProgressBar : public ToolWithUsers {
 protected:
  /// What the command shows where standard error is a terminal.
  std::string on_terminal(const std::string& arguments) const {
    return shell("script -qec '" MUSTER_TOOL " " + arguments + "' /dev/null").out;
  }
};

/// Whether the text has a bar of this label, and `next` stands where the bar was.
void expect_bar(const std::string& text, const std::string& label, const std::string& next) {
  const std::string start = "\r" + label + " [";
  const std::size_t bar = text.find(start);
  ASSERT_NE(bar, std::string::npos) << text;
  const std::size_t end = bar + start.size() + 30;
  EXPECT_EQ(text.substr(end, 2), "] ");
  EXPECT_EQ(text.substr(end + 5, 2), " %");
  EXPECT_NE(text.find("\r\x1b[K" + next), std::string::npos) << text;
}

TEST_F(ProgressBar, ShowsOnTerminalsOnly) {
  const std::string made = on_terminal("generate --users 120000 --out made");
  expect_bar(made, "writing made/users.csv", "made/users.csv: 120 000 users");
  const std::string table = "table made/catalogue.json --users made/users.csv --out users.mut";
  expect_bar(on_terminal(table), "reading made/users.csv", "users.mut: 120 000 users");
  const Ran piped = run(table);
  EXPECT_EQ(piped.exit, 0);
  EXPECT_EQ(piped.err, "users.mut: 120 000 users, 224 tags\n");
}

TEST_F(ProgressBar, IsNotForWorkSoonDone) {
  EXPECT_EQ(on_terminal("audience catalogue.json --users users.csv --rule loyal"), "1\t2\r\n");
}

}  // namespace
}  // namespace muster
