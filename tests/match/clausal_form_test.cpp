#include "match/clausal_form.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace muster {
namespace {

using Op = ProgramNode::Op;

// Postfix: "a -b c |2 &2" is a AND (NOT b OR c).
std::vector<ProgramNode> program_of(const std::string& text) {
  std::vector<ProgramNode> program;
  std::istringstream in(text);
  for (std::string token; in >> token;) {
    if (token[0] == '&' || token[0] == '|') {
      const auto operands = static_cast<std::uint32_t>(std::stoul(token.substr(1)));
      program.push_back({token[0] == '&' ? Op::all_of : Op::any_of, operands});
    } else {
      const auto bit = static_cast<std::uint32_t>(token.back() - 'a');
      program.push_back({Op::literal, make_literal(bit, token[0] == '-')});
    }
  }
  return program;
}

std::string to_text(const Literals& literals, const char* between) {
  std::string text;
  for (const Literal literal : literals) {
    if (!text.empty()) text += between;
    if (is_negated(literal)) text += '-';
    text += static_cast<char>('a' + bit_of(literal));
  }
  return text;
}

// "a (-b|c); d?": two alternatives, of which the second is unsure.
std::string alternatives_of(const std::string& program, ClausalBounds bounds = {}) {
  const auto nodes = program_of(program);
  ClausalForm form(bounds);
  std::string text;
  for (const Alternative& alternative : form.of(nodes)) {
    if (!text.empty()) text += "; ";
    text += alternative.literals.empty() ? "true" : to_text(alternative.literals, " ");
    for (const Literals& group : alternative.groups) text += " (" + to_text(group, "|") + ")";
    if (alternative.unsure) text += "?";
  }
  return text;
}

struct Case {
  const char* program;
  const char* alternatives;
};

TEST(ClausalForm, KeepsGroupsAndSplitsTheRest) {
  const Case cases[] = {
      {"&0", "true"},
      {"|0", ""},
      {"a", "a"},
      {"-a", "-a"},
      {"b a -c &3", "a b -c"},
      {"a b -c |3", "a; b; -c"},
      {"a c b |2 &2", "a (b|c)"},
      {"a b |2 c d |2 &2", "true (a|b) (c|d)"},
      {"a b &2 c |2", "a b; c"},
      {"a b c |2 &2 d |2", "a (b|c); d"},
      {"a b c &2 d |2 &2", "a b c; a d"},
      {"a b c d |2 &2 e |2 &2", "a b c; a b d; a e"},
      {"a b |2 c d |2 e f |2 g h |2 &4", "g (a|b) (c|d) (e|f); h (a|b) (c|d) (e|f)"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(alternatives_of(test.program), test.alternatives) << test.program;
  }
}

TEST(ClausalForm, SimplifiesWhatLiteralsDecide) {
  const Case cases[] = {
      {"a -a &2", ""},         {"a a &2", "a"},
      {"a a b |2 &2", "a"},    {"a -a b |2 &2", "a b"},
      {"a -a |2 b &2", "b"},   {"a -a b |2 -b c |2 &3", "a b c"},
      {"a -a b |2 -b &3", ""}, {"a -a b &2 c |2 &2", "a c"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(alternatives_of(test.program), test.alternatives) << test.program;
  }
}

TEST(ClausalForm, LeavesWhatDoesNotFitToTheProgram) {
  const ClausalBounds two{.alternatives = 2, .groups = 1, .group_literals = 2};
  const Case cases[] = {
      {"a b |2", "a; b"},
      {"a b c |3", "true?"},
      {"a b c |2 d e |2 &3", "a d (b|c); a e (b|c)"},
      {"a b c |2 d e |2 f g |2 &4", "a d (b|c)?; a e (b|c)?"},
      {"a b c d |3 &2", "a?"},
      {"a b c &2 d e &2 |2 &2", "a b c; a d e"},
      {"a b c &2 d e &2 f |3 &2", "a?"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(alternatives_of(test.program, two), test.alternatives) << test.program;
  }
  EXPECT_EQ(alternatives_of("a", {.alternatives = 0}), "a");
  EXPECT_EQ(alternatives_of("a b |2", {.alternatives = 0}), "true?");
}

// (a OR b AND c) AND …, forty times: 2^40 conjunctions.
TEST(ClausalForm, IsNeverExponential) {
  std::vector<ProgramNode> program;
  constexpr std::uint32_t factors = 40;
  for (std::uint32_t i = 0; i < factors; ++i) {
    for (const std::uint32_t bit : {0u, 1u, 2u}) {
      program.push_back({Op::literal, make_literal(3 * i + bit, false)});
    }
    program.push_back({Op::all_of, 2});
    program.push_back({Op::any_of, 2});
  }
  program.push_back({Op::all_of, factors});
  ClausalForm form({});
  const auto alternatives = form.of(program);
  EXPECT_EQ(alternatives.size(), 64u);
  for (const Alternative& alternative : alternatives) EXPECT_TRUE(alternative.unsure);
}

}  // namespace
}  // namespace muster
