#include "rules/sample_users.hpp"

#include <gtest/gtest.h>

#include "rules/small_world.hpp"

namespace muster {
namespace {

using Numbers = std::vector<std::uint32_t>;

class MadeUpUsers : public testing::Test {
 protected:
  Checker checker{small_world::schema()};
  std::vector<Formula> formulas;
  std::vector<Witness> witnesses;

  void add(const std::string& rule) {
    const auto checked = checker.check(rule);
    ASSERT_TRUE(checked) << rule;
    formulas.push_back(checked->formula);
    witnesses.push_back(find_user(formulas.back(), checker.predicates()));
  }
  std::optional<SampleUsers> make(const CancelToken* cancel = nullptr) const {
    return SampleUsers::make(formulas, witnesses, checker.predicates(), cancel);
  }
};

TEST_F(MadeUpUsers, ShowWhichFormulasMayContainOthers) {
  add("n >= 2 AND b");
  add("n >= 1");
  add("NOT b");
  add("n >= 1 AND NOT b");
  const auto users = make();
  ASSERT_TRUE(users);
  EXPECT_EQ(users->wider(0), Numbers{1});
  EXPECT_EQ(users->wider(1), Numbers{});
  EXPECT_EQ(users->wider(3), (Numbers{1, 2}));
}

TEST_F(MadeUpUsers, AreNoneForFormulasWithoutWitness) {
  add("b");
  add("q");
  witnesses.assign(2, {Verdict::no, {}});
  const auto users = make();
  ASSERT_TRUE(users);
  EXPECT_EQ(users->wider(0), Numbers{1}) << "no user speaks against it";
}

TEST_F(MadeUpUsers, AreNotFinishedOnceCancelled) {
  add("b");
  CancelToken cancel;
  EXPECT_TRUE(make(&cancel));
  cancel.cancel();
  EXPECT_FALSE(make(&cancel)) << "while users are made up";
  witnesses.clear();
  EXPECT_FALSE(make(&cancel)) << "while formulas are tried on them";
}

}  // namespace
}  // namespace muster
