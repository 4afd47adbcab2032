#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "draft.hpp"
#include "muster/decide/engine.hpp"

namespace muster::testing {

inline Engine engine_of(const Draft& draft, EngineOptions options = {}) {
  Engine engine(std::move(options));
  const Result<void> deployed = engine.deploy(draft.make());
  EXPECT_TRUE(deployed) << deployed.error().message;
  return engine;
}

/// What world_user() is offered.
inline PolicyView decide(const Engine& engine, Moment now = noon, std::string_view key = "u") {
  const User user = world_user(engine.catalogue()->schema());
  return engine.decide({key, user}, now).value();
}

}  // namespace muster::testing
