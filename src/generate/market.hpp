#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "generate/random.hpp"

namespace muster::generate {

enum class PlanFamily : std::uint8_t {
  basic_4g,
  basic_5g,
  campus,
  senior,
  data,
  family,
  business,
  rural
};

/// A tariff as it is on sale, or was.
struct Plan {
  const char* name;
  PlanFamily family;
  std::int32_t fee;      ///< yuan a month
  std::int32_t data_gb;  ///< included a month
  std::int32_t minutes;  ///< included a month
  bool five_g;
  bool withdrawn;  ///< kept by those who have it, sold no more
};

std::span<const Plan> plans();
/// Names in the order of PlanFamily.
std::span<const char* const> plan_families();

/// A handset model.
struct Handset {
  std::string name;
  std::size_t brand;
  std::int32_t price;  ///< yuan when new
  std::int32_t year;   ///< of launch
  bool five_g;
};

struct Handsets {
  std::vector<std::string> brands;
  std::vector<std::size_t> brand_system;  ///< position in `systems`, for each brand
  std::vector<Handset> models;            ///< those of the first brand come first
  std::int64_t first_brand_models = 0;
};

const Handsets& handsets();
std::span<const char* const> handset_systems();

}  // namespace muster::generate
