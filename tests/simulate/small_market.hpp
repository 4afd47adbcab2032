#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "simulate/simulation.hpp"

namespace muster::simulate {

inline Catalogue retention() {
  return Catalogue::read(MUSTER_EXAMPLES "/retention/catalogue.json").value();
}

/// Few people, and calls for fewer still: a capacity of 8 calls a day.
inline MarketSize small_size(std::uint64_t seed = 1) {
  return {.people = 200, .weeks = 3, .seed = seed};
}

/// A simulation over a ledger in a folder of its own, gone at the end.
class SmallMarket {
 public:
  explicit SmallMarket(const MarketSize& size = small_size(),
                       const Catalogue& catalogue = retention()) {
    static int made = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("muster-simulate-" + std::to_string(getpid()) + "-" + std::to_string(made++));
    std::filesystem::create_directory(folder_);
    ledger_ = std::make_unique<Ledger>(
        Ledger::open(folder_ / "ledger", {.durability = Durability::normal}).value());
    auto run = Simulation::run(catalogue, size, *ledger_);
    if (!run) ADD_FAILURE() << run.error().message;
    simulation_ = std::move(run).value();
  }
  SmallMarket(const SmallMarket&) = delete;
  ~SmallMarket() {
    ledger_.reset();
    std::filesystem::remove_all(folder_);
  }

  Ledger& ledger() { return *ledger_; }
  const Simulation& simulation() const { return *simulation_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Simulation> simulation_;
};

}  // namespace muster::simulate
