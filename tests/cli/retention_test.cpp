// What examples/retention shows, on the subscribers that its demo makes up.

#include <vector>

#include "cli/run_tool.hpp"

namespace muster {
namespace {

class Retention : public Tool {
 protected:
  Retention() {
    std::filesystem::create_directory_symlink(MUSTER_EXAMPLES "/retention", folder() / "example");
    const Ran made =
        run("generate --users 2000 --seed 11 --for example/catalogue.json --out people");
    EXPECT_EQ(made.exit, 0) << made.err;
  }
  /// With the example's catalogue and people, on its Monday morning.
  Ran ask(const std::string& command, const std::string& more) const {
    return run(command +
               " example/catalogue.json --users people/users.csv --at 2026-01-05T10:30:00+08:00 " +
               more);
  }
  /// "主推 D168 次推 G01": what a user is offered.
  std::string offers(const std::string& user) const {
    const Ran ran = ask("decide", "--history example/history.csv --user " + user);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    std::istringstream lines(ran.out);
    std::string out;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("  主推 ") && !line.starts_with("  次推 ")) continue;
      out += (out.empty() ? "" : " ") + line.substr(2, line.find("  ", 2) - 2);
    }
    return out;
  }
};

TEST_F(Retention, IsAWholeCatalogue) {
  const Ran ran = run("check example/catalogue.json");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "example/catalogue.json: 70 tags, 15 segments, 42 policies: no errors\n");
}

TEST_F(Retention, OffersEachOfThreeWhatSuitsThem) {
  EXPECT_EQ(offers("C00000018"), "主推 D168 次推 G01 次推 R06 次推 G05");
  EXPECT_EQ(offers("C00000080"), "主推 D168 次推 B05 次推 G01 次推 G05");
  EXPECT_EQ(offers("C00000751"), "主推 R01 次推 G01 次推 G05 次推 U01");
  const Ran why = ask("decide", "--history example/history.csv --user C00000080 --why T01");
  EXPECT_NE(why.out.find("an earlier contact is cooling down (rule 拒绝冷却)"), std::string::npos)
      << why.out;
}

TEST_F(Retention, GivesNothingToWhoIsOutsideTheSegment) {
  const std::string gate = "--policy D168 --channel shop --user ";
  EXPECT_EQ(ask("gate", gate + "C00000018").out, "allowed\n");
  EXPECT_EQ(ask("gate", gate + "C00000751").out,
            "refused (not_in_segment): requires plan_fee = 96, this user has 58; "
            "days_since(contract_end) >= 1, this user has '2027-08-22', in 594 days\n");
}

}  // namespace
}  // namespace muster
