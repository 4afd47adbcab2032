#pragma once

#include <memory>

#include "muster/engage/ledger.hpp"
#include "simulate/figures.hpp"

namespace muster::simulate {

/// The same people and the same fate, three times over. Not movable: worlds borrow the market.
class Simulation {
 public:
  /// `ledger` is empty, and keeps what Muster's way writes. The same catalogue and size give the
  /// same course of events. Fails as Market::make and the ledger's commands do.
  static Result<std::unique_ptr<Simulation>> run(const Catalogue& catalogue, const MarketSize& size,
                                                 Ledger& ledger);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  const Market& market() const { return market_; }
  const World& alone() const { return alone_; }  ///< nobody was approached
  const World& old_way() const { return old_way_; }
  const World& muster() const { return muster_; }

 private:
  explicit Simulation(Market market);
  Result<void> live_all(Ledger& ledger);

  Market market_;
  ResponseModel model_;
  World alone_;
  World old_way_;
  World muster_;
};

}  // namespace muster::simulate
