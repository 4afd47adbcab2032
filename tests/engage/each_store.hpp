#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "market.hpp"

namespace muster::testing {

/// A test of a ledger in each store; PostgreSQL where there is a server.
class EachStore : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    if (GetParam() == StoreKind::postgres && !postgres_for_tests()) {
      GTEST_SKIP() << "set MUSTER_TEST_POSTGRES, or use tools/with-postgres.sh";
    }
    place.emplace(GetParam());
    ledger.emplace(place->open({.durability = Durability::normal}));
  }

  Command command(Moment now = noon) { return {keys.next(), now}; }

  std::optional<TemporaryPlace> place;
  std::optional<Ledger> ledger;
  Keys keys;
};

inline std::string store_name(const ::testing::TestParamInfo<StoreKind>& info) {
  return info.param == StoreKind::sqlite ? "sqlite" : "postgres";
}

#define MUSTER_IN_EACH_STORE(Suite)                                                              \
  INSTANTIATE_TEST_SUITE_P(In, Suite, ::testing::Values(StoreKind::sqlite, StoreKind::postgres), \
                           store_name)

}  // namespace muster::testing
