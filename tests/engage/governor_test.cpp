#include "muster/engage/governor.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engage/governor_world.hpp"

namespace muster {
namespace {

using enum CallUrgency;

FlowGovernor make(GovernorSettings settings) {
  return FlowGovernor::make(std::move(settings)).value();
}

TEST(FlowGovernor, StartsCallsAsFastAsTheRate) {
  GovernorSettings settings = governed({1});
  settings.rate = {10, 3};
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(governor.next(0s)) << i;
  EXPECT_FALSE(governor.next(0s));
  EXPECT_EQ(governor.next_change(0s), 100ms);
  EXPECT_FALSE(governor.next(100ms - 1ns));
  EXPECT_TRUE(governor.next(100ms));
  EXPECT_FALSE(governor.next(100ms));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(governor.next(450ms)) << i;  // no more than the burst
  EXPECT_FALSE(governor.next(450ms));
  EXPECT_EQ(governor.next_change(450ms), 550ms);
}

TEST(FlowGovernor, RunsNoMoreAtOnceThanItMay) {
  GovernorSettings settings = governed({1});
  settings.rate.burst = 10;
  settings.calls_at_once = 2;
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  const auto first = governor.next(0s);
  EXPECT_TRUE(governor.next(0s));
  EXPECT_FALSE(governor.next(0s));
  EXPECT_TRUE(governor.finish(*first, CallResult::succeeded, 1s));
  EXPECT_FALSE(governor.finish(*first, CallResult::succeeded, 1s));  // once
  EXPECT_TRUE(governor.next(1s));
  EXPECT_FALSE(governor.next(1s));
  EXPECT_EQ(governor.next_change(1s), 30s);  // when the second one times out
}

TEST(FlowGovernor, HoldsAChannelToItsOwnLimits) {
  GovernorSettings settings = governed({1, 1});
  settings.rate.burst = 100;
  settings.channels[0].rate = CallRate{1, 1};
  settings.channels[1].calls_at_once = 1;
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(governor.enqueue("0", batch, 0s));
    ASSERT_TRUE(governor.enqueue("1", batch, 0s));
  }
  EXPECT_TRUE(governor.next(0s));
  EXPECT_TRUE(governor.next(0s));
  EXPECT_FALSE(governor.next(0s));
  EXPECT_EQ(governor.next_change(0s), 1s);
  EXPECT_FALSE(governor.next(1s - 1ns));
  EXPECT_TRUE(governor.next(1s));  // of channel 0
  EXPECT_FALSE(governor.next(1s));
  const auto counts = governor.counts(1s).channels;
  EXPECT_EQ(counts[0], (ChannelCalls{1, 2, 2, 0, 0}));
  EXPECT_EQ(counts[1], (ChannelCalls{2, 1, 1, 0, 0}));
}

TEST(FlowGovernor, TakesInboundFirst) {
  FlowGovernor governor = make(governed({1, 1}));
  const auto slow = governor.enqueue("0", batch, 0s);
  const auto quick = governor.enqueue("1", inbound, 0s);
  EXPECT_EQ(governor.next(0s), *quick);
  EXPECT_EQ(governor.next(1s), *slow);
}

TEST(FlowGovernor, LetsBatchInAfterARunOfInbound) {
  GovernorSettings settings = governed({1});
  settings.inbound_run = 3;
  settings.calls_at_once = 100;
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(governor.enqueue("0", inbound, 0s));
  std::vector<CallTicket> slow;
  for (int i = 0; i < 2; ++i) slow.push_back(*governor.enqueue("0", batch, 0s));
  std::string order;
  for (int i = 0; i < 10; ++i) order += *governor.next(i * 1s) < slow[0] ? 'i' : 'b';
  EXPECT_EQ(order, "iiibiiibii");
}

// Whether popups wait in line or ask to start at once, batch comes to its turn.
TEST(FlowGovernor, LetsBatchInAfterARunOfInboundThatStartsAtOnce) {
  GovernorSettings settings = governed({1, 1});
  settings.rate = {1, 1};
  settings.inbound_run = 3;
  settings.calls_at_once = 100;
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(governor.enqueue("1", batch, 0s));
  std::string order;
  for (int i = 0; i < 12; ++i) {
    order += governor.start("0", inbound, i * 1s) ? 'i' : '-';
    if (governor.next(i * 1s)) order += 'b';
  }
  EXPECT_EQ(order, "iii-biii-biiii");
  // What batch may not use is not kept from inbound.
  settings.channels[1].rate = CallRate{0.001, 1};
  FlowGovernor slow = make(settings);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(slow.enqueue("1", batch, 0s));
  EXPECT_TRUE(slow.next(0s));
  for (int i = 1; i < 9; ++i) EXPECT_TRUE(slow.start("0", inbound, i * 1s)) << i;
}

TEST(FlowGovernor, KeepsRoomForInbound) {
  GovernorSettings settings = governed({1});
  settings.rate = {100, 4};
  settings.calls_at_once = 4;
  settings.kept_for_inbound = 2;
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  EXPECT_TRUE(governor.next(0s));
  EXPECT_TRUE(governor.next(0s));
  EXPECT_FALSE(governor.next(0s));  // two tokens and two places are not for batch
  EXPECT_TRUE(governor.start("0", inbound, 0s));
  EXPECT_TRUE(governor.start("0", inbound, 0s));
  EXPECT_FALSE(governor.start("0", inbound, 0s));
}

TEST(FlowGovernor, StartsAtOnceOrNotAtAll) {
  GovernorSettings settings = governed({1, 1});
  settings.rate.burst = 10;
  FlowGovernor governor = make(settings);
  EXPECT_TRUE(governor.start("0", batch, 0s));
  ASSERT_TRUE(governor.enqueue("1", batch, 0s));
  const auto busy = governor.start("0", batch, 0s);
  ASSERT_FALSE(busy);  // another batch call waits
  EXPECT_EQ(busy.error().code, Errc::calls_busy);
  EXPECT_EQ(busy.error().message, "a call of channel '0' can not start at once");
  EXPECT_TRUE(governor.start("0", inbound, 0s));
  EXPECT_EQ(governor.counts(0s).channels[0], (ChannelCalls{0, 2, 2, 0, 1}));
}

TEST(FlowGovernor, SaysWhichChannelWasMeant) {
  GovernorSettings settings = governed({1, 1});
  settings.channels[0].id = "hotline";
  settings.channels[1].id = "shop";
  FlowGovernor governor = make(settings);
  const auto said = [&](std::string_view channel) {
    const auto refused = governor.start(channel, inbound, 0s);
    EXPECT_EQ(refused.error().code, Errc::unknown_channel);
    return refused.error().message;
  };
  EXPECT_EQ(said("shpo"), "unknown channel 'shpo'; did you mean 'shop'?");
  EXPECT_EQ(said("fax"), "unknown channel 'fax'");
}

TEST(FlowGovernor, RefusesWhatItCanNotTakeIn) {
  GovernorSettings settings = governed({1});
  settings.channels[0].calls_waiting = 2;
  FlowGovernor governor = make(settings);
  EXPECT_EQ(governor.enqueue("2", batch, 0s).error().message, "unknown channel '2'");
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  const auto full = governor.enqueue("0", batch, 0s);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, Errc::calls_full);
  EXPECT_EQ(full.error().message, "2 calls of channel '0' wait already (calls_waiting)");
  EXPECT_TRUE(governor.enqueue("0", inbound, 0s));  // a line of its own
}

TEST(FlowGovernor, TakesCallsOutOfLine) {
  FlowGovernor governor = make(governed({1}));
  const CallTicket first = *governor.enqueue("0", batch, 0s);
  const CallTicket second = *governor.enqueue("0", batch, 0s);
  EXPECT_TRUE(governor.cancel(first));
  EXPECT_FALSE(governor.cancel(first));
  EXPECT_EQ(governor.next(0s), second);
  EXPECT_FALSE(governor.cancel(second));  // it runs
  EXPECT_FALSE(governor.finish(first, CallResult::failed, 0s));
  EXPECT_FALSE(governor.next_change(0s));  // nobody waits
  EXPECT_EQ(governor.counts(0s).channels[0], (ChannelCalls{0, 1, 1, 0, 0}));
}

TEST(FlowGovernor, OpensWhereCallsFailAndProbes) {
  GovernorSettings settings = governed({1});
  settings.rate.burst = 10;
  settings.breaker = {2, 2, 1, 5s, 60s};
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  for (int i = 0; i < 2; ++i) governor.finish(*governor.next(0s), CallResult::failed, 0s);
  EXPECT_FALSE(governor.next(1s));
  EXPECT_EQ(governor.next_change(1s), 5s);
  const auto refused = governor.enqueue("0", inbound, 1s + 1ns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::circuit_open);
  EXPECT_EQ(refused.error().message, "calls failed: none is made for another 4000 ms");
  const auto probe = governor.next(5s);
  ASSERT_TRUE(probe);
  EXPECT_FALSE(governor.next(5s));
  EXPECT_EQ(governor.counts(5s).breaker, BreakerState::half_open);
  governor.finish(*probe, CallResult::succeeded, 6s);
  EXPECT_TRUE(governor.next(6s));
  EXPECT_EQ(governor.counts(6s).breaker, BreakerState::closed);
  EXPECT_EQ(governor.counts(6s).opened, 1u);
}

TEST(FlowGovernor, TakesPlacesBackInTime) {
  GovernorSettings settings = governed({1});
  settings.calls_at_once = 1;
  settings.call_timeout = 2s;
  settings.breaker = {1, 1, 1, 5s, 60s};
  FlowGovernor governor = make(settings);
  const CallTicket lost = *governor.start("0", batch, 0s);
  ASSERT_TRUE(governor.enqueue("0", batch, 0s));
  EXPECT_FALSE(governor.next(2s - 1ns));
  EXPECT_EQ(governor.counts(2s).channels[0], (ChannelCalls{1, 0, 1, 1, 0}));
  EXPECT_EQ(governor.counts(2s).breaker, BreakerState::open);  // it counts as failed
  EXPECT_FALSE(governor.finish(lost, CallResult::succeeded, 3s));
  EXPECT_TRUE(governor.next(7s));
}

TEST(FlowGovernor, GoesOnWhereTheClockGoesBack) {
  GovernorSettings settings = governed({1});
  settings.rate = {1, 1};
  FlowGovernor governor = make(settings);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(governor.enqueue("0", batch, 10s));
  EXPECT_TRUE(governor.next(10s));
  EXPECT_FALSE(governor.next(-1000h));
  EXPECT_EQ(governor.next_change(3s), 11s);
  EXPECT_TRUE(governor.next(11s));
  EXPECT_TRUE(governor.next(FlowGovernor::Time::max()));
  EXPECT_FALSE(governor.next_change(FlowGovernor::Time::min()));
}

TEST(FlowGovernor, NamesTheStates) {
  EXPECT_EQ(name(BreakerState::closed), "closed");
  EXPECT_EQ(name(BreakerState::open), "open");
  EXPECT_EQ(name(BreakerState::half_open), "half_open");
}

}  // namespace
}  // namespace muster
