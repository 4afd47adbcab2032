#include "muster/engage/work_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

namespace muster {
namespace {

using enum WorkOrderStep;

static_assert(next_state(WorkOrderState::offered, accept) == WorkOrderState::accepted);
static_assert(!next_state(WorkOrderState::reported, accept));

constexpr WorkOrderTerms terms{100, 1'000, 20, 3};

WorkOrderEvent event(WorkOrderStep step, std::string shop = {}, Outcome outcome = Outcome::none,
                     std::string text = {}) {
  return {step, std::move(shop), {}, outcome, std::move(text)};
}

/// An order that these things happened to, one a line.
class Story {
 public:
  explicit Story(const WorkOrderTerms& some = terms)
      : order_(begin_work_order(7, some, Moment{0}).value()) {
    order_.id = 1;
  }
  /// "state effect", or why not.
  std::string at(std::int64_t second, const WorkOrderEvent& what) {
    auto change = take_step(order_, what, Moment{second});
    if (!change) return std::string(name(change.error().code)) + ": " + change.error().message;
    order_ = std::move(change->order);
    return std::string(name(order_.state)) + " " + std::string(name(change->effect));
  }
  const WorkOrder& order() const { return order_; }

 private:
  WorkOrder order_;
};

TEST(WorkOrder, GoesToAShopAndBack) {
  Story story;
  EXPECT_EQ(story.at(0, event(offer, "a")), "offered tell_shop");
  EXPECT_EQ(story.order().due, Moment{100});
  EXPECT_EQ(story.at(90, event(accept, "a")), "accepted none");
  EXPECT_EQ(story.order().due, Moment{1'000});
  EXPECT_EQ(story.at(500, event(report, "a", Outcome::accepted, "办好了")), "reported give_result");
  EXPECT_EQ(story.order().outcome, Outcome::accepted);
  EXPECT_EQ(story.order().text, "办好了");
}

TEST(WorkOrder, GoesFromShopToShopAndThenBack) {
  Story story;
  EXPECT_EQ(story.at(0, event(offer, "a")), "offered tell_shop");
  EXPECT_EQ(story.at(80, event(remind)), "offered remind_shop");
  EXPECT_EQ(story.at(100, event(time_out)), "seeking find_shop");
  EXPECT_EQ(story.at(100, event(accept, "a")),
            "illegal_step: work order 1 is seeking and can not be accepted; it can be offered, "
            "given up or cancelled");
  EXPECT_EQ(story.at(110, event(offer, "a")),
            "invalid_argument: work order 1 was offered to shop 'a' before");
  EXPECT_EQ(story.at(110, event(offer, "b")), "offered tell_shop");
  EXPECT_EQ(story.at(120, event(accept, "a")),
            "illegal_step: work order 1 is with shop 'b', not with 'a'");  // too late
  EXPECT_EQ(story.at(120, event(accept, "b")), "accepted none");
  EXPECT_EQ(story.at(130, event(refuse, "b", Outcome::none, "no stock")), "seeking find_shop");
  EXPECT_EQ(story.order().text, "no stock");
  EXPECT_EQ(story.at(130, event(offer, "c")), "offered tell_shop");
  EXPECT_EQ(story.at(140, event(refuse, "c")), "returned give_back");  // the third of three
  EXPECT_EQ(story.order().tried, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(story.at(150, event(cancel)),
            "illegal_step: work order 1 is returned and can not be cancelled; it is closed");
}

TEST(WorkOrder, DeadlinesAreTheShopsAndTheOrders) {
  Story story;
  WorkOrderEvent tonight = event(offer, "a");
  tonight.opens = Moment{300};
  EXPECT_EQ(story.at(0, tonight), "offered tell_shop");
  EXPECT_EQ(story.order().due, Moment{400});  // from when the shop opens
  EXPECT_EQ(
      story.at(379, event(remind)),
      "illegal_step: work order 1 can not be reminded yet: it is due at 1970-01-01T00:06:40Z");
  EXPECT_EQ(story.at(399, event(time_out)),
            "illegal_step: work order 1 can not be timed out yet: it is due at "
            "1970-01-01T00:06:40Z");
  EXPECT_EQ(story.at(399, event(remind)), "offered remind_shop");
  EXPECT_EQ(story.at(399, event(remind)), "illegal_step: work order 1 needs no reminder more");
  EXPECT_EQ(story.at(400, event(time_out)), "seeking find_shop");
  EXPECT_EQ(story.at(950, event(offer, "b")), "offered tell_shop");
  EXPECT_EQ(story.order().due, Moment{1'000});  // not past the order's own
  EXPECT_EQ(story.at(990, event(accept, "b")), "accepted none");
  EXPECT_EQ(story.at(990, event(remind)), "accepted remind_shop");  // of another deadline
  EXPECT_EQ(story.at(1'000, event(time_out)), "returned give_back");
}

TEST(WorkOrder, TheClockSaysWhatIsDue) {
  Story story;
  EXPECT_EQ(due_step(story.order(), Moment{999}), std::nullopt);
  EXPECT_EQ(due_step(story.order(), Moment{1'000}), give_up);
  EXPECT_EQ(next_due(story.order()), Moment{1'000});
  story.at(0, event(offer, "a"));
  EXPECT_EQ(due_step(story.order(), Moment{79}), std::nullopt);
  EXPECT_EQ(next_due(story.order()), Moment{80});
  EXPECT_EQ(due_step(story.order(), Moment{80}), remind);
  EXPECT_EQ(due_step(story.order(), Moment{100}), time_out);
  story.at(80, event(remind));
  EXPECT_EQ(due_step(story.order(), Moment{99}), std::nullopt);
  EXPECT_EQ(next_due(story.order()), Moment{100});
  EXPECT_EQ(due_step(story.order(), Moment{-5}), std::nullopt);  // a clock that went back
  story.at(90, event(cancel));
  EXPECT_EQ(due_step(story.order(), Moment{5'000}), std::nullopt);
  EXPECT_EQ(next_due(story.order()), std::nullopt);
  Story unreminded({100, 1'000, 0, 3});
  unreminded.at(0, event(offer, "a"));
  EXPECT_EQ(due_step(unreminded.order(), Moment{99}), std::nullopt);
}

TEST(WorkOrder, TakesAnyMoment) {
  constexpr Moment last{std::numeric_limits<std::int64_t>::max()};
  constexpr Moment first{std::numeric_limits<std::int64_t>::min()};
  for (const Moment now : {first, last}) {
    const auto begun = begin_work_order(7, terms, now);
    const auto offered = take_step(*begun, event(offer, "a"), now);
    ASSERT_TRUE(offered);
    EXPECT_EQ(due_step(offered->order, last), time_out);
    EXPECT_TRUE(take_step(offered->order, event(accept, "a"), now));
  }
}

// From every state, every step; what is not in the table is refused.
TEST(WorkOrder, EveryMoveIsInTheTable) {
  std::size_t legal = 0;
  for (std::size_t state = 0; state < work_order_states; ++state) {
    for (std::size_t step = 0; step < work_order_steps; ++step) {
      WorkOrder order = Story().order();
      order.state = static_cast<WorkOrderState>(state);
      order.shop = "a";
      const auto what = static_cast<WorkOrderStep>(step);
      const auto change = take_step(order, event(what, what == offer ? "b" : "a"), Moment{990});
      const auto timely = what == time_out ? take_step(order, event(what), Moment{1'000}) : change;
      ASSERT_EQ(timely.has_value(), next_state(order.state, what).has_value()) << state << step;
      legal += timely.has_value();
    }
  }
  EXPECT_EQ(legal, std::size(work_order_moves));
}

// Whatever happens, an order ends in time, with no shop twice and no more shops than its terms say.
TEST(WorkOrder, AlwaysEnds) {
  std::mt19937 random(11);
  for (int round = 0; round < 2'000; ++round) {
    Story story({50, 400, 10, 1 + static_cast<std::uint32_t>(random() % 4)});
    std::int64_t now = 0;
    while (is_open(story.order().state)) {
      if (const auto due = due_step(story.order(), Moment{now})) {
        story.at(now, event(*due));
        continue;
      }
      const std::string shop(1, static_cast<char>('a' + random() % 6));
      story.at(now, event(static_cast<WorkOrderStep>(random() % (work_order_steps - 1)), shop));
      now += static_cast<std::int64_t>(random() % 30);
      ASSERT_LE(now, 460);
    }
    std::vector<std::string> tried = story.order().tried;
    ASSERT_LE(tried.size(), story.order().terms.offers);
    std::sort(tried.begin(), tried.end());
    ASSERT_EQ(std::unique(tried.begin(), tried.end()), tried.end());
  }
}

TEST(WorkOrder, WordsAndTermsAreChecked) {
  Story story;
  EXPECT_EQ(story.at(0, event(offer)), "invalid_argument: an offer needs a shop");
  story.at(0, event(offer, "a"));
  EXPECT_EQ(story.at(0, event(refuse, "a", Outcome::none, "\xff")),
            "invalid_argument: a shop's words must be UTF-8");
  EXPECT_EQ(story.at(0, event(refuse, "a", Outcome::none, std::string(4'001, 'x'))),
            "limit: a text of 4001 bytes is more than max_work_order_text_bytes (4000)");
  EXPECT_EQ(story.at(0, event(refuse, "a", Outcome::none, std::string(4'000, 'x'))),
            "seeking find_shop");
  const auto wrong = [](const WorkOrderTerms& some) {
    return begin_work_order(1, some, Moment{0}).error().message;
  };
  EXPECT_EQ(wrong({0, 1, 1, 1}), "accept_within of a work order must be from 1 to 31622400, not 0");
  EXPECT_EQ(wrong({1, 31'622'401, 1, 1}),
            "finish_within of a work order must be from 1 to 31622400, not 31622401");
  EXPECT_EQ(wrong({1, 1, -1, 1}),
            "remind_before of a work order must be from 0 to 31622400, not -1");
  EXPECT_EQ(wrong({1, 1, 1, 21}), "offers of a work order must be from 1 to 20, not 21");
}

}  // namespace
}  // namespace muster
