#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace muster {

/// What the tool said and how it ended.
struct Ran {
  int exit = -1;
  std::string out;
  std::string err;
};

inline std::string read_all(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A folder of its own for a test's files, gone afterwards, in which the tool runs: messages
/// then name files without a path.
class Tool : public testing::Test {
 protected:
  Tool() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(test->test_suite_name()) + "." + test->name();
    for (char& c : name) c = c == '/' ? '-' : c;
    folder_ = std::filesystem::temp_directory_path() /
              ("muster-" + std::to_string(getpid()) + "-" + name);
    std::filesystem::create_directories(folder_);
  }
  ~Tool() override { std::filesystem::remove_all(folder_); }

  void file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string text(const std::string& name) const { return read_all(folder_ / name); }
  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
  const std::filesystem::path& folder() const { return folder_; }

  /// `arguments` as a shell reads them.
  Ran run(const std::string& arguments) const { return shell(MUSTER_TOOL " " + arguments); }

  Ran shell(const std::string& command) const {
    const std::string line =
        "cd '" + folder_.string() + "' && { " + command + "; } > .stdout 2> .stderr < /dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text(".stdout"), text(".stderr")};
  }

 private:
  std::filesystem::path folder_;
};

/// A small catalogue and its users: a key with a comma, a NULL, a date, a set.
class ToolWithUsers : public Tool {
 protected:
  ToolWithUsers() {
    file("catalogue.json", R"json({
  "schema": {"key": "id", "tags": [
    {"name": "fee", "type": "number"},
    {"name": "brand", "type": "category", "values": ["Apple", "华为"], "nullable": true},
    {"name": "loyal", "type": "bool"},
    {"name": "until", "type": "date", "nullable": true},
    {"name": "likes", "type": "set", "values": ["video", "game"]}
  ]},
  "segments": {"dear": "fee >= 96", "ending": "days_until(until) BETWEEN 0 AND 30"},
  "policies": [
    {"id": "P1", "name": "存168得504", "segment": "SEGMENT(dear)"},
    {"id": "P2", "name": "Renew", "segment": "SEGMENT(ending) AND loyal"},
    {"id": "P,3", "name": "Play", "segment": "likes HAS ANY ('game') OR brand = '华为'"}
  ]
}
)json");
    file("users.csv",
         "id,fee,brand,loyal,until,likes\n"
         "u1,96,Apple,yes,2026-01-20,video\n"
         "\"u,2\",59,,no,,video|game\n"
         "u3,128,华为,yes,2026-06-01,\"\"\n");
  }
};

}  // namespace muster
