#include <gtest/gtest.h>

#include "muster/rules/check.hpp"

namespace muster {
namespace {

Schema flags() {
  return *Schema::make({{.name = "a", .type = TagType::boolean},
                        {.name = "b", .type = TagType::boolean, .nullable = true}});
}

std::vector<std::string> messages(const std::vector<std::vector<Diagnostic>>& segments) {
  std::vector<std::string> out;
  for (const auto& errors : segments) {
    std::string line;
    for (const Diagnostic& error : errors) line += (line.empty() ? "" : "; ") + error.message;
    out.push_back(line);
  }
  return out;
}

TEST(Segments, MayBeDefinedInAnyOrder) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("outer", "SEGMENT(inner) AND a"));
  ASSERT_TRUE(checker.define("inner", "a OR b"));
  EXPECT_EQ(messages(checker.check_segments()), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(checker.segments(), 2u);
  EXPECT_EQ(checker.segment_name(1), "inner");
  EXPECT_EQ(to_text(checker.segment(0, false), checker), "SEGMENT(inner) AND a");
  EXPECT_EQ(to_text(checker.segment(0, true), checker), "NOT SEGMENT(inner) OR NOT a");
  EXPECT_EQ(to_text(*checker.spell_out(checker.segment(0, true)), checker),
            "NOT a AND NOT b OR NOT a");
}

TEST(Segments, ErrorsAreThoseOfEachSegment) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("syntax", "a AND"));
  ASSERT_TRUE(checker.define("unknown", "c OR a = 5"));
  ASSERT_TRUE(checker.define("user", "a AND SEGMENT(unknown)"));
  ASSERT_TRUE(checker.define("missing", "SEGMENT(unknow)"));
  const auto errors = checker.check_segments();
  ASSERT_EQ(errors.size(), 4u);
  ASSERT_EQ(errors[0].size(), 1u);
  EXPECT_EQ(errors[0][0].code, Errc::syntax);
  ASSERT_EQ(errors[1].size(), 2u);
  EXPECT_EQ(errors[1][0].code, Errc::unknown_tag);
  EXPECT_EQ(errors[1][0].range, (ByteRange{0, 1}));
  EXPECT_EQ(errors[1][1].code, Errc::wrong_type);
  ASSERT_EQ(errors[2].size(), 1u);
  EXPECT_EQ(errors[2][0].code, Errc::unknown_tag);
  EXPECT_EQ(errors[2][0].message, "segment 'unknown' has errors of its own");
  EXPECT_EQ(errors[2][0].range, (ByteRange{6, 22}));
  ASSERT_EQ(errors[3].size(), 1u);
  EXPECT_EQ(errors[3][0].message, "unknown segment 'unknow'");
  EXPECT_EQ(errors[3][0].suggestion, "unknown");
  const auto rule = checker.check("SEGMENT(syntax)");
  ASSERT_FALSE(rule);
  EXPECT_EQ(rule.error().code, Errc::syntax);
  EXPECT_EQ(rule.error().diagnostics[0].message, "segment 'syntax' has errors of its own");
}

TEST(Segments, CyclesAreShownAtEachOfTheirSegments) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("one", "a AND SEGMENT(two)"));
  ASSERT_TRUE(checker.define("two", "b OR SEGMENT(three)"));
  ASSERT_TRUE(checker.define("three", "SEGMENT(four) OR SEGMENT(one)"));
  ASSERT_TRUE(checker.define("four", "a"));
  ASSERT_TRUE(checker.define("self", "NOT SEGMENT(self)"));
  ASSERT_TRUE(checker.define("user", "SEGMENT(two)"));
  const auto errors = checker.check_segments();
  EXPECT_EQ(messages(errors),
            (std::vector<std::string>{"segment 'one' needs itself: one -> two -> three -> one",
                                      "segment 'two' needs itself: two -> three -> one -> two",
                                      "segment 'three' needs itself: three -> one -> two -> three",
                                      "", "segment 'self' needs itself: self -> self",
                                      "segment 'two' has errors of its own"}));
  for (const int i : {0, 1, 2, 4, 5}) {
    EXPECT_EQ(errors[static_cast<std::size_t>(i)][0].code, Errc::segment_cycle);
  }
  EXPECT_EQ(errors[0][0].range, (ByteRange{6, 18}));
  EXPECT_EQ(errors[2][0].range, (ByteRange{17, 29}));
  EXPECT_FALSE(checker.check("SEGMENT(one)"));
  EXPECT_TRUE(checker.check("SEGMENT(four)"));
}

TEST(Segments, LongCyclesAreShownInPart) {
  Checker checker(flags());
  for (int i = 0; i < 30; ++i) {
    const std::string next = std::to_string((i + 1) % 30);
    ASSERT_TRUE(checker.define("s" + std::to_string(i), "SEGMENT(s" + next + ")"));
  }
  EXPECT_EQ(messages(checker.check_segments())[0],
            "segment 's0' needs itself: s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> s7 -> s8 -> s9 "
            "-> ... -> s0");
}

TEST(Segments, TanglesAreGoneThroughInBoundedTime) {
  Checker checker(flags());
  const int count = 700;
  std::string all = "a";
  for (int i = 0; i < count; ++i) all += " OR SEGMENT(s" + std::to_string(i) + ")";
  for (int i = 0; i < count; ++i) ASSERT_TRUE(checker.define("s" + std::to_string(i), all));
  const auto errors = checker.check_segments();
  for (const auto& found : errors) {
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].code, Errc::segment_cycle);
  }
  EXPECT_EQ(errors[0][0].message, "segment 's0' needs itself: s0 -> s0");
  EXPECT_EQ(errors[count - 1][0].message, "segment 's699' needs itself");
}

TEST(Segments, LongChainsDoNotOverflowTheStack) {
  Limits limits;
  limits.max_rule_depth = 1'000'000;
  Checker checker(flags(), limits);
  const int count = 50'000;
  for (int i = 0; i + 1 < count; ++i) {
    ASSERT_TRUE(
        checker.define("s" + std::to_string(i), "a AND SEGMENT(s" + std::to_string(i + 1) + ")"));
  }
  ASSERT_TRUE(checker.define("s" + std::to_string(count - 1), "b"));
  const auto checked = checker.check("SEGMENT(s0)");
  ASSERT_FALSE(checked);  // too many comparisons, but no crash
  EXPECT_EQ(checked.error().code, Errc::limit);
  const auto last = checker.check("SEGMENT(s40000)");
  ASSERT_TRUE(last) << last.error().message;
  EXPECT_EQ(to_text(*checker.spell_out(last->formula), checker), "a AND b");
}

TEST(Segments, ANewSegmentMayBeWhatOthersLacked) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("outer", "SEGMENT(inner)"));
  EXPECT_FALSE(checker.check("SEGMENT(outer)"));
  ASSERT_TRUE(checker.define("inner", "a"));
  EXPECT_TRUE(checker.check("SEGMENT(outer)"));
  EXPECT_EQ(messages(checker.check_segments()), (std::vector<std::string>{"", ""}));
}

TEST(Segments, NamesAreDefinedOnce) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("s", "a"));
  const auto again = checker.define("s", "b");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::duplicate_name);
  EXPECT_EQ(again.error().message, "segment 's' is defined twice");
}

TEST(Segments, AreLimitedInNumber) {
  Limits limits;
  limits.max_segments = 2;
  Checker checker(flags(), limits);
  EXPECT_TRUE(checker.define("s1", "a"));
  EXPECT_TRUE(checker.define("s2", "a"));
  const auto third = checker.define("s3", "a");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Errc::limit);
  EXPECT_EQ(third.error().message, "there are more than max_segments = 2 segments");
}

TEST(Segments, ComeAsTreesToo) {
  Expr tree;
  tree.push_leaf(Expr::Op::tag, "b");
  tree.push_operator(Expr::Op::logical_not, 1);
  Checker checker(flags());
  ASSERT_TRUE(checker.define("tree", tree));
  EXPECT_EQ(to_text(checker.segment(0, false), checker), "NOT b");
  EXPECT_EQ(to_text(checker.segment(0, true), checker), "b");
}

TEST(Segments, CheckersMove) {
  Checker checker(flags());
  ASSERT_TRUE(checker.define("s", "a AND NOT b"));
  Checker moved = std::move(checker);
  const auto checked = moved.check("SEGMENT(s)");
  ASSERT_TRUE(checked);
  EXPECT_EQ(to_text(*moved.spell_out(checked->formula), moved), "a AND NOT b");
}

}  // namespace
}  // namespace muster
