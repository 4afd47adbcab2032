#include "cli/run_tool.hpp"

namespace muster {
namespace {

class Simulate : public Tool {
 protected:
  Simulate() { std::filesystem::create_directory_symlink(MUSTER_EXAMPLES, folder() / "examples"); }
  Ran simulate(const std::string& options) const {
    return run("simulate examples/retention/catalogue.json " + options);
  }
};

TEST_F(Simulate, ShowsBothWaysSideBySide) {
  const Ran ran = simulate("--users 60 --weeks 1 --seed 3");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_NE(ran.out.find(" policies, 1 week from 2026-01-05, seed 3\n"), std::string::npos);
  EXPECT_NE(ran.out.find("old way            Muster's way\n"), std::string::npos);
  EXPECT_EQ(simulate("--users 60 --weeks 1 --seed 3").out, ran.out);
}

TEST_F(Simulate, KeepsTheLedgerWhereItIsAskedTo) {
  const Ran ran = simulate("--users 30 --weeks 1 --json --ledger kept.db");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with(R"({"catalogue":"2026-11.1","users":30,"weeks":1,"seed":1,)"));
  EXPECT_TRUE(exists("kept.db"));
  const Ran again = simulate("--users 30 --weeks 1 --ledger kept.db");
  EXPECT_EQ(again.exit, 1);
  EXPECT_EQ(again.err, "muster: error: there is a 'kept.db' already\n");
}

TEST_F(Simulate, SaysWhatItCanNotDo) {
  const std::pair<const char*, const char*> wrong[] = {
      {"--users 0", "--users: Value 0 not in range 1 to 100000"},
      {"--users 100001", "--users: Value 100001 not in range 1 to 100000"},
      {"--weeks 53", "--weeks: Value 53 not in range 1 to 52"},
      {"--base 0", "--base: Value 0 not in range 1 to 2000000000"}};
  for (const auto& [options, said] : wrong) {
    const Ran refused = simulate(options);
    EXPECT_EQ(refused.exit, 2);
    EXPECT_EQ(refused.err, std::string("muster: error: ") + said +
                               "\n'muster simulate --help' says what can be given\n");
  }
}

TEST_F(Simulate, SaysWhichTagItDoesNotKnow) {
  file("own.json", R"({"schema": {"key": "customer_id", "tags": [
      {"name": "shoe_size", "type": "number"}]},
      "channels": [{"id": "c", "name": "c", "kind": "digital", "mode": "active"}],
      "policies": [{"id": "P", "name": "p", "segment": "shoe_size > 40"}]})");
  const Ran ran = run("simulate own.json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: the made-up population has no tag 'shoe_size'\n");
}

}  // namespace
}  // namespace muster
