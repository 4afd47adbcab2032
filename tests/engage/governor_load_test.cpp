#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <random>
#include <thread>

#include "engage/fair_shares.hpp"
#include "engage/governor_world.hpp"

namespace muster {
namespace {

using enum CallUrgency;
using Time = FlowGovernor::Time;

/// A governor with channels and a CRM that answers after random times, played through in steps.
class World {
 public:
  World(GovernorSettings settings, unsigned seed)
      : channels_(settings.channels.size()),
        governor_(FlowGovernor::make(std::move(settings)).value()),
        random_(seed) {}

  void arrive(std::size_t channel, CallUrgency urgency) {
    const auto ticket = governor_.enqueue(std::to_string(channel), urgency, now_);
    if (ticket) arrived_[*ticket] = {channel, urgency, now_};
  }
  /// Starts and finishes what can be until then.
  void run_until(Time until, Time longest_call) {
    for (;;) {
      while (const auto ticket = governor_.next(now_)) start(*ticket, longest_call);
      Time next = governor_.next_change(now_).value_or(until);
      if (!running_.empty()) next = std::min(next, running_.begin()->first);
      if (next > until) break;
      now_ = next;
      finish();
      if (now_ == until) break;
    }
    now_ = until;
  }

  double random() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  Time now() const { return now_; }
  const std::vector<std::uint64_t>& started() const { return started_; }
  Time longest_wait(std::size_t channel, CallUrgency urgency) const {
    return waits_[channel][urgency == batch];
  }

 private:
  struct Arrival {
    std::size_t channel;
    CallUrgency urgency;
    Time at;
  };

  void start(CallTicket ticket, Time longest_call) {
    const Arrival& call = arrived_.at(ticket);
    ++started_[call.channel];
    Time& wait = waits_[call.channel][call.urgency == batch];
    wait = std::max(wait, now_ - call.at);
    const auto takes = std::chrono::duration_cast<Time>(longest_call * random());
    running_.emplace(now_ + takes, ticket);
  }
  void finish() {
    while (!running_.empty() && running_.begin()->first <= now_) {
      EXPECT_TRUE(governor_.finish(running_.begin()->second, CallResult::succeeded, now_));
      running_.erase(running_.begin());
    }
  }

  std::size_t channels_;
  FlowGovernor governor_;
  std::mt19937 random_;
  Time now_{0};
  std::map<CallTicket, Arrival> arrived_;
  std::multimap<Time, CallTicket> running_;
  std::vector<std::uint64_t> started_ = std::vector<std::uint64_t>(channels_);
  std::vector<std::array<Time, 2>> waits_ = std::vector<std::array<Time, 2>>(channels_);
};

// The theorem of the paper, for calls of length 1, over every stretch between starts.
TEST(FairShares, DifferByNoMoreThanAStartOfEach) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t channels = 2 + random() % 9;
    std::vector<double> weights;
    for (std::size_t i = 0; i < channels; ++i) {
      weights.push_back(std::pow(10, std::uniform_real_distribution<double>(-1, 1)(random)));
    }
    FairShares shares(weights);
    // Channels 0 and 1 wait all the time; the others come and go.
    std::vector<bool> waits(channels);
    waits[0] = waits[1] = true;
    double lead = 0, most = 0, least = 0;
    for (int i = 0; i < 2'000; ++i) {
      for (std::size_t c = 2; c < channels; ++c) {
        if (random() % 20 != 0) continue;
        if (!waits[c]) shares.arrive(c);
        waits[c] = !waits[c];
      }
      const std::size_t next = shares.pick([&](std::size_t c) { return waits[c]; });
      shares.start(next);
      if (next < 2) lead += (next == 0 ? 1 : -1) / weights[next];
      most = std::max(most, lead);
      least = std::min(least, lead);
    }
    ASSERT_LE(most - least, 1 / weights[0] + 1 / weights[1] + 1e-9) << round;
  }
}

TEST(FairShares, StayFairWhereVirtualTimeBeginsAnew) {
  FairShares shares({0.01, 0.03}, 1'000);
  std::array<double, 2> starts{};
  for (int i = 0; i < 1'000'000; ++i) {
    const std::size_t next = shares.pick([](std::size_t) { return true; });
    shares.start(next);
    ++starts[next];
  }
  EXPECT_NEAR(starts[1] / starts[0], 3, 1e-4);
}

TEST(GovernorLoad, SharesConvergeToTheWeights) {
  const std::vector<double> weights{1, 2, 5, 0.5, 1.5};
  World world(governed(weights), 1);
  for (std::size_t channel = 0; channel < weights.size(); ++channel) {
    for (int i = 0; i < 6'000; ++i) world.arrive(channel, batch);
  }
  world.run_until(100s, 50ms);
  const std::uint64_t all = 10'001;  // a hundred a second, and the first
  for (std::size_t channel = 0; channel < weights.size(); ++channel) {
    EXPECT_NEAR(static_cast<double>(world.started()[channel]),
                static_cast<double>(all) * weights[channel] / 10, 2)
        << channel;
  }
}

// Nine channels that stay below their shares, one that asks for far more than there is.
TEST(GovernorLoad, QuietChannelsNeverStarve) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    GovernorSettings settings = governed(std::vector<double>(10, 1));
    settings.channels[9].calls_waiting = 1 + seed * 200;
    settings.channels[9].weight = seed % 2 == 0 ? 1 : 3;
    World world(std::move(settings), seed);
    while (world.now() < 15s) {
      for (std::size_t quiet = 0; quiet < 9; ++quiet) {
        if (world.random() < 0.005)
          world.arrive(quiet, batch);  // 5 a second; its share is 8 at least
      }
      world.arrive(9, batch);
      world.run_until(world.now() + 1ms, 60ms);
    }
    for (std::size_t quiet = 0; quiet < 9; ++quiet) {
      // Random arrivals bunch: a few of its own before it, a turn of all others before each.
      EXPECT_LE(world.longest_wait(quiet, batch), 1'200ms) << quiet << " of seed " << seed;
      EXPECT_GT(world.started()[quiet], 40u);
    }
    EXPECT_GE(world.started()[9], 1'500u - 9 * 110);  // what the others leave is not lost
  }
}

TEST(GovernorLoad, InboundHardlyWaitsUnderAFloodOfBatch) {
  for (const std::uint32_t kept : {0u, 2u}) {
    GovernorSettings settings = governed({1, 1});
    settings.rate = {100, 3};
    settings.kept_for_inbound = kept;
    World world(std::move(settings), 3);
    for (int i = 0; i < 20'000; ++i) world.arrive(0, batch);
    while (world.now() < 100s) {
      if (world.random() < 0.01) world.arrive(1, inbound);  // ten a second on average
      world.run_until(world.now() + 1ms, 80ms);
    }
    EXPECT_GT(world.started()[1], 800u);
    EXPECT_GT(world.started()[0], 8'000u);
    // One interval of the rate for the call itself, one for each inbound call before it.
    EXPECT_LE(world.longest_wait(1, inbound), kept == 0 ? 60ms : 30ms) << kept;
    EXPECT_GT(world.longest_wait(0, batch), 10s);
  }
}

TEST(GovernorLoad, ThreadsNeverExceedWhatTheyMay) {
  GovernorSettings settings = governed({1, 2, 3, 4});
  settings.rate = {1e6, 1'000};
  settings.calls_at_once = 5;
  settings.channels[3].calls_at_once = 2;
  FlowGovernor governor = FlowGovernor::make(settings).value();
  constexpr int each = 2'000;
  std::atomic<int> running{0}, most{0}, done{0}, cancelled{0};
  std::atomic<Time::rep> clock{0};
  const auto work = [&](std::size_t channel) {
    const auto now = [&] { return Time{clock.fetch_add(1'000)}; };
    for (int i = 0; i < each; ++i) {
      const auto ticket =
          governor.enqueue(std::to_string(channel), i % 3 == 0 ? inbound : batch, now());
      ASSERT_TRUE(ticket);
      if (i % 7 == 0 && governor.cancel(*ticket)) ++cancelled;
      while (const auto next = governor.next(now())) {
        const int at_once = ++running;
        int seen = most;
        while (at_once > seen && !most.compare_exchange_weak(seen, at_once)) {
        }
        --running;
        ASSERT_TRUE(governor.finish(*next, CallResult::succeeded, now()));
        ++done;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t channel = 0; channel < 4; ++channel) threads.emplace_back(work, channel);
  for (std::thread& thread : threads) thread.join();
  while (const auto next = governor.next(Time{clock += 1'000})) {
    governor.finish(*next, CallResult::succeeded, Time{clock});
    ++done;
  }
  EXPECT_LE(most, 5);
  EXPECT_EQ(done + cancelled, 4 * each);
  for (const ChannelCalls& calls : governor.counts(Time{clock}).channels) {
    EXPECT_EQ(calls.waiting + calls.running, 0u);
    EXPECT_EQ(calls.failed, 0u);
  }
}

}  // namespace
}  // namespace muster
