#include "simulate/simulation.hpp"

#include "simulate/muster_way.hpp"
#include "simulate/old_way.hpp"

namespace muster::simulate {

Simulation::Simulation(Market market)
    : market_(std::move(market)),
      model_(market_, market_.size().seed),
      alone_(market_, model_),
      old_way_(market_, model_),
      muster_(market_, model_) {}

Result<std::unique_ptr<Simulation>> Simulation::run(const Catalogue& catalogue,
                                                    const MarketSize& size, Ledger& ledger) {
  auto market = Market::make(catalogue, size);
  if (!market) return market.error();
  std::unique_ptr<Simulation> simulation(new Simulation(*std::move(market)));
  if (Result<void> lived = simulation->live_all(ledger); !lived) return lived.error();
  return simulation;
}

Result<void> Simulation::live_all(Ledger& ledger) {
  LeftAlone nobody;
  if (Result<void> lived = live(alone_, nobody); !lived) return lived;
  OldWay old_way(market_, market_.size().seed);
  if (Result<void> lived = live(old_way_, old_way); !lived) return lived;
  const auto muster = MusterWay::make(market_, ledger);
  if (!muster) return muster.error();
  return live(muster_, **muster);
}

}  // namespace muster::simulate
