#include "cli/text_table.hpp"

#include <gtest/gtest.h>

namespace muster::cli {
namespace {

TEST(TextTables, AlignCharactersOfTwoCells) {
  TextTable table({"policy", "of", "tasks"}, "llr");
  table.add({"存168得504", "shop", "7"});
  table.add({"P1", "营业厅", "1 234"});
  EXPECT_EQ(table.text(),
            "policy      of      tasks\n"
            "存168得504  shop        7\n"
            "P1          营业厅  1 234\n");
}

TEST(TextTables, ShowNothingThatMovesACursor) {
  TextTable table({"a", "b"}, "lr");
  table.add({"x\x1b[2J\n\xff", "1"});
  EXPECT_EQ(table.text(), "a        b\nx\uFFFD[2J\uFFFD\uFFFD  1\n");
}

TEST(TextTables, AreEmptyWithoutRows) { EXPECT_EQ(TextTable({"a"}, "l").text(), ""); }

TEST(Bars, AreDrawnInEighths) {
  struct Case {
    double part;
    const char* drawn;
  };
  for (const auto& [part, drawn] :
       {Case{0, "    "}, Case{1, "████"}, Case{0.5, "██  "}, Case{0.53125, "██▏ "},
        Case{0.99, "████"}, Case{0.97, "███▉"}, Case{2, "████"}, Case{-1, "    "}}) {
    EXPECT_EQ(bar(part, 4), drawn) << part;
  }
}

}  // namespace
}  // namespace muster::cli
