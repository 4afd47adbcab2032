// What docs/ shows is what the tool says.

#include <vector>

#include "cli/run_tool.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {
namespace {

std::string page(const std::string& name) { return read_all(MUSTER_DOCS "/" + name); }

/// The first block fenced with ```language that begins after `heading`.
std::string fenced(const std::string& text, const std::string& heading,
                   const std::string& language) {
  const std::string fence = "\n```" + language + "\n";
  const std::size_t begin = text.find(fence, text.find(heading)) + fence.size();
  return text.substr(begin, text.find("\n```", begin) + 1 - begin);
}

struct Shown {
  std::string command;  ///< without "$ "
  std::string output;   ///< empty: not shown
};

/// Commands of a page, "    $ muster …" with the indented lines that follow.
std::vector<Shown> commands(const std::string& text) {
  static const std::string indent = "    ";
  std::vector<Shown> found;
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(indent + "$ ")) {
      found.push_back({line.substr(indent.size() + 2), {}});
      inside = true;
    } else if (inside && found.back().command.ends_with('\\')) {
      found.back().command += "\n" + line;
    } else if (inside && line.starts_with(indent)) {
      found.back().output += line.substr(indent.size()) + "\n";
    } else {
      inside = false;
    }
  }
  return found;
}

class Docs : public Tool {
 protected:
  Docs() { std::filesystem::create_directory_symlink(MUSTER_EXAMPLES, folder() / "examples"); }
  Ran run_shown(const std::string& command) const {
    return shell("muster() { " MUSTER_TOOL " \"$@\"; }; { " + command + "; } 2>&1");
  }
};

TEST_F(Docs, CommandsPrintWhatIsShown) {
  const auto shown = commands(page("command-line.md"));
  ASSERT_GE(shown.size(), 6u);
  for (const Shown& example : shown) {
    const Ran ran = run_shown(example.command);
    EXPECT_NE(ran.exit, 2) << example.command;
    EXPECT_EQ(ran.out, example.output) << example.command;
  }
}

TEST_F(Docs, TheCatalogueIsRightAndItsErrorInItsPlace) {
  const std::string text = page("catalogue.md");
  std::string catalogue = fenced(text, "# The catalogue file", "jsonc");
  file("catalogue.json", catalogue);
  EXPECT_EQ(run("check catalogue.json").err,
            "catalogue.json: 8 tags, 2 segments, 2 policies: no errors\n");
  catalogue.replace(catalogue.find("plan_fee >= 96"), 8, "plan_fe");
  file("catalogue.json", catalogue);
  const std::string said = run("check catalogue.json").err;
  EXPECT_NE(text.find("\n\n    " + said.substr(0, said.find('\n')) + "\n\n"), std::string::npos)
      << said;
}

TEST_F(Docs, ErrorsOfARuleAreInTheirPlaces) {
  const std::string shown = fenced(page("rule-language.md"), "## Errors", "");
  const std::size_t line = shown.find("\n  ") + 3;
  const std::string rule = shown.substr(line, shown.find('\n', line) - line);
  const auto catalogue =
      Catalogue::from_json(fenced(page("catalogue.md"), "# The catalogue file", "jsonc")).value();
  const auto checked = catalogue.checker().check(rule);
  ASSERT_FALSE(checked);
  std::string said;
  for (const Diagnostic& finding : checked.error().diagnostics) said += render(finding, rule);
  EXPECT_EQ(said, shown);
}

}  // namespace
}  // namespace muster
