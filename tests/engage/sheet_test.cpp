#include "muster/engage/sheet.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using enum SheetStep;
using enum SheetRole;

static_assert(find_sheet_move(SheetState::filled, read)->to == SheetState::read);
static_assert(!find_sheet_move(SheetState::closed, fill));

Sheet sheet(SheetState state = SheetState::created) {
  Sheet out;
  out.id = 4;
  out.order = "broadband 88";
  out.user = "u1";
  out.shop = "s1";
  out.installer = "i1";
  out.state = state;
  return out;
}

SheetEntry entry(SheetStep step, SheetRole by, std::string text = {}, std::string suggestion = {}) {
  return {step, by, std::move(text), std::move(suggestion)};
}

std::string refusal(SheetState state, const SheetEntry& entry) {
  const auto after = take_step(sheet(state), entry, Moment{});
  return after ? "none" : std::string(name(after.error().code)) + ": " + after.error().message;
}

TEST(Sheet, GoesFromShopToInstallerAndBack) {
  Sheet now = sheet();
  const SheetEntry story[] = {
      entry(fill, shop, "两个孩子", "视频会员"), entry(fill, shop, "两个孩子，老人", "视频会员"),
      entry(read, installer), entry(answer, installer, "要了会员"), entry(close, shop, "谢谢")};
  std::string states;
  std::int64_t second = 0;
  for (const SheetEntry& step : story) {
    now = take_step(now, step, Moment{++second}).value();
    states += std::string(name(now.state)) + " ";
  }
  EXPECT_EQ(states, "filled filled read answered closed ");
  EXPECT_EQ(now.knowledge, "两个孩子，老人");
  EXPECT_EQ(now.suggestion, "视频会员");
  EXPECT_EQ(now.answer, "要了会员");
  EXPECT_EQ(now.feedback, "谢谢");
  EXPECT_EQ(now.changed, Moment{5});
}

// Every state, step and role: what is not in the table is refused.
TEST(Sheet, EveryMoveIsInTheTable) {
  std::size_t legal = 0;
  for (std::size_t state = 0; state < sheet_states; ++state) {
    for (std::size_t step = 0; step < sheet_steps; ++step) {
      for (std::size_t role = 0; role < sheet_roles; ++role) {
        const auto what = static_cast<SheetStep>(step);
        const auto by = static_cast<SheetRole>(role);
        const auto from = static_cast<SheetState>(state);
        const auto after =
            take_step(sheet(from), entry(what, by, what == read ? "" : "text"), Moment{});
        const auto move = find_sheet_move(from, what);
        ASSERT_EQ(after.has_value(), move && move->by == by);
        legal += after.has_value();
      }
    }
  }
  EXPECT_EQ(legal, std::size(sheet_moves));
}

TEST(Sheet, RefusalsSayWhatIsPossible) {
  EXPECT_EQ(refusal(SheetState::created, entry(answer, installer, "yes")),
            "illegal_step: sheet 4 is created and can not be answered; it can be filled or "
            "cancelled");
  EXPECT_EQ(refusal(SheetState::read, entry(fill, shop, "more")),
            "illegal_step: sheet 4 is read and can not be filled; it can be answered or cancelled");
  EXPECT_EQ(refusal(SheetState::closed, entry(cancel, office, "no")),
            "illegal_step: sheet 4 is closed and can not be cancelled; it stays so");
  EXPECT_EQ(refusal(SheetState::filled, entry(read, shop)),
            "illegal_step: sheet 4 is to be read by the installer, not by the shop");
  EXPECT_EQ(refusal(SheetState::created, entry(fill, shop)),
            "invalid_argument: to fill a sheet takes a text");
  EXPECT_EQ(refusal(SheetState::filled, entry(read, installer, "ok")),
            "invalid_argument: reading a sheet leaves no text");
  EXPECT_EQ(refusal(SheetState::read, entry(answer, installer, "yes", "more")),
            "invalid_argument: only who fills a sheet may suggest");
  EXPECT_EQ(refusal(SheetState::created, entry(fill, shop, "\xff")),
            "invalid_argument: a sheet's texts must be UTF-8");
}

TEST(Sheet, TextsAreLimited) {
  const std::string most(max_sheet_text_bytes, 'x');
  EXPECT_EQ(refusal(SheetState::created, entry(fill, shop, most, most)), "none");
  EXPECT_EQ(refusal(SheetState::created, entry(fill, shop, most + "x")),
            "limit: a text of 2001 bytes is more than max_sheet_text_bytes (2000)");
  EXPECT_EQ(refusal(SheetState::created, entry(fill, shop, "x", most + "x")),
            "limit: a text of 2001 bytes is more than max_sheet_text_bytes (2000)");
}

}  // namespace
}  // namespace muster
