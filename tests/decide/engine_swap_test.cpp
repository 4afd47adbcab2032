// Catalogues exchanged while threads decide; the one to run under ThreadSanitizer.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "draft.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {
namespace {

Catalogue numbered(int number) {
  Draft draft = small_draft();
  draft.version = std::to_string(number);
  draft.policies[0].value = number;
  for (int i = 0; i < 50; ++i) draft.policies.push_back(policy("P" + std::to_string(i)));
  for (Policy& one : draft.policies) one.value = number;
  return draft.make();
}

TEST(EngineSwap, DecisionsComeFromOneCatalogueOrTheOther) {
  const auto history = std::make_shared<MemoryHistory>();
  Engine engine({.history = history, .catalogues_kept = 2});
  const Catalogue even = numbered(2), odd = numbered(1);
  ASSERT_TRUE(engine.deploy(even));
  std::atomic<bool> done{false};
  std::atomic<std::size_t> decided{0}, wrong{0};
  const auto work = [&](std::string key) {
    const User user = world_user(even.schema());
    while (!done) {
      std::vector<std::byte> record;
      const auto view = engine.decide({key, user}, noon, {.record = &record});
      if (!view || view->offers().size() != 4) {
        ++wrong;
        continue;
      }
      for (const Offer& one : view->offers()) {
        wrong += std::to_string(static_cast<int>(one.value)) != view->catalogue().version();
      }
      const auto again = engine.replay(record);
      wrong += again ? again->to_json() != view->to_json()
                     : again.error().code != Errc::unknown_catalogue;
      wrong += !engine.check({key, user}, "A", "sms", noon).value().allowed;
      ++decided;
    }
  };
  std::vector<std::thread> threads;
  for (const char* key : {"u", "v", "w"}) threads.emplace_back(work, key);
  std::thread writer([&] {
    while (!done) {
      history->add("u", {noon, "P1", "sms", Outcome::declined, {}});
      std::this_thread::yield();
      if (decided > 100'000) break;
    }
  });
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(engine.deploy(i % 2 == 0 ? odd : even));
    if (i % 7 == 0) {
      EXPECT_TRUE(engine.roll_back());
    }
    EXPECT_FALSE(engine.deployments().empty());
  }
  while (decided < 100) std::this_thread::yield();
  done = true;
  for (std::thread& thread : threads) thread.join();
  writer.join();
  EXPECT_EQ(wrong, 0u);
}

TEST(EngineSwap, AViewOutlivesItsCatalogueAndItsEngine) {
  std::optional<PolicyView> view;
  {
    Engine engine({.catalogues_kept = 1});
    ASSERT_TRUE(engine.deploy(numbered(1)));
    const User user = world_user(engine.catalogue()->schema());
    view = engine.decide({"u", user}, noon).value();
    ASSERT_TRUE(engine.deploy(numbered(2)));
    ASSERT_TRUE(engine.deploy(numbered(3)));
  }
  EXPECT_EQ(view->catalogue().version(), "1");
  EXPECT_NE(view->to_json().find("\"value\":1,"), std::string::npos);
}

}  // namespace
}  // namespace muster::testing
