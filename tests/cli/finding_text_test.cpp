#include "cli/finding_text.hpp"

#include <gtest/gtest.h>

namespace muster::cli {
namespace {

Catalogue two_policies() {
  return Catalogue::from_json(R"({
    "schema": {"tags": [{"name": "fee", "type": "number"}]}, "segments": {"dear": "fee > 1"},
    "policies": [{"id": "A", "name": "a", "segment": "fee > 1", "groups": ["g"]},
                 {"id": "B", "name": "b", "segment": "fee > 2", "groups": ["g"]}]})")
      .value();
}

// What was given up on: catalogues that bring these about are too long for a test.
TEST(FindingText, SaysWhatStaysOpen) {
  using Question = CatalogueFinding::Question;
  const std::pair<Question, const char*> cases[] = {
      {Question::never_or_always, "gave up      A: too tangled to tell"},
      {Question::contained, "gave up      A in B: too tangled to tell"},
      {Question::overlap,
       "gave up      A and B, of group g: too tangled to tell whether both fit some"},
      {Question::all_overlaps,
       "gave up      A: not compared with all of group g, 20 000 pairs were before"},
      {Question::too_long, "gave up      A: too long to compare"}};
  const Catalogue catalogue = two_policies();
  for (const auto& [question, text] : cases) {
    const CatalogueFinding finding{.kind = CatalogueFinding::Kind::gave_up,
                                   .of = CatalogueFinding::Of::policy,
                                   .one = 0,
                                   .other = 1,
                                   .question = question,
                                   .group = "g"};
    EXPECT_EQ(sentences({&finding, 1}, catalogue), std::vector<std::string>{text});
  }
}

}  // namespace
}  // namespace muster::cli
