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
  EXPECT_NE(ran.out.find(" policies, 1 weeks from 2026-01-05, seed 3\n"), std::string::npos);
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
  EXPECT_EQ(simulate("--users 0").exit, 2);
  EXPECT_EQ(simulate("--users 100001").exit, 2);
  EXPECT_EQ(simulate("--weeks 53").exit, 2);
  EXPECT_EQ(simulate("--base 0").exit, 2);
  file("own.json", R"({"schema": {"key": "customer_id", "tags": [
      {"name": "shoe_size", "type": "number"}]},
      "channels": [{"id": "c", "kind": "digital", "mode": "active"}],
      "policies": [{"id": "P", "segment": "shoe_size > 40"}]})");
  const Ran ran = run("simulate own.json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "muster: error: the made-up population has no tag 'shoe_size'\n");
}

}  // namespace
}  // namespace muster
