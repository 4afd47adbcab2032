#include "match/key_choice.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

// Literals that are not negated, by letter: 'a' is bit 0.
Literal literal(char letter) {
  return make_literal(static_cast<std::uint32_t>(letter - 'a'), false);
}

struct Case {
  std::vector<float> chances;        // of a, b, …
  std::vector<std::string> entries;  // the literals of each
  float visit;                       // what going to a key costs
  std::string keys;                  // of each entry; '-' where it has none
  float cost;
};

// Looking at an entry costs one, and one more for each literal.
class Choice {
 public:
  explicit Choice(const Case& of, const CancelToken* cancel = nullptr) {
    for (const float chance : of.chances) chances_.insert(chances_.end(), {chance, 1 - chance});
    for (std::uint32_t rule = 0; rule < of.entries.size(); ++rule) {
      Alternative alternative;
      for (const char letter : of.entries[rule]) alternative.literals.push_back(literal(letter));
      entries_.add(rule, alternative);
    }
    KeyChoice choice(chances_, {1, 1, 1, 1, of.visit, 0, 0}, cancel);
    for (const Literal key : choice.choose(entries_)) {
      keys += key == no_key ? '-' : static_cast<char>('a' + bit_of(key));
    }
    cost = choice.cost();
  }

  std::string keys;
  float cost = 0;

 private:
  std::vector<float> chances_;
  EntryList entries_;
};

TEST(KeyChoice, FilesEntriesWhereItCostsLeast) {
  const Case cases[] = {
      {{0.5f}, {}, 1, "", 0},
      {{0.5f}, {""}, 1, "-", 1},
      {{0.5f, 0.1f}, {"ab"}, 0.1f, "b", 0.31f},
      // A key that nearly always holds saves nothing.
      {{0.9f}, {"a"}, 0, "-", 2},
      // Each under its rarest, unless going to keys is dear: then together, then under none.
      {{0.2f, 0.1f, 0.1f}, {"ab", "ac"}, 1, "bc", 0.8f},
      {{0.2f, 0.1f, 0.1f}, {"ab", "ac"}, 20, "aa", 5.2f},
      {{0.2f, 0.1f, 0.1f}, {"ab", "ac"}, 100, "--", 6},
      // The likelier key has the entry that lacks the rare literal.
      {{0.3f, 0.01f}, {"ab", "a"}, 0.5f, "ba", 0.785f},
      // b and c draw off what made a pay.
      {{0.3f, 0.01f, 0.01f}, {"ab", "ac", "a"}, 5, "bc-", 2.16f},
  };
  for (const Case& test : cases) {
    const Choice choice(test);
    EXPECT_EQ(choice.keys, test.keys) << test.visit;
    EXPECT_FLOAT_EQ(choice.cost, test.cost) << test.keys;
  }
}

TEST(KeyChoice, BreaksTiesByTheLowestLiteral) {
  EXPECT_EQ(Choice({{0.1f, 0.1f, 0.1f}, {"bc", "abc"}, 10, "", 0}).keys, "bb");
  EXPECT_EQ(Choice({{0.1f, 0.1f}, {"ab"}, 1, "", 0}).keys, "a");
}

TEST(KeyChoice, OpensNoKeyOnceCancelled) {
  CancelToken cancel;
  const Case test{{0.5f, 0.1f}, {"ab", "a"}, 0.1f, "", 0};
  EXPECT_EQ(Choice(test, &cancel).keys, "ba");
  cancel.cancel();
  EXPECT_EQ(Choice(test, &cancel).keys, "--");
}

}  // namespace
}  // namespace muster
