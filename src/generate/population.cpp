#include "generate/population.hpp"

#include <algorithm>

namespace muster::generate {
namespace {

Draft all_tags() {
  Draft draft;
  for (const auto add :
       {add_profile_tags, add_plan_tags, add_usage_tags, add_device_tags, add_home_tags,
        add_service_tags, add_channel_tags, add_portrait_tags, add_traits, add_derived_tags}) {
    add(draft);
  }
  return draft;
}

bool has_trait(const Trait& trait, Subscriber& s) {
  const std::int64_t youth = clamp(1000 - (s.age - 16) * 20, 0, 1000);
  const std::int64_t slopes =
      trait.youth * youth + trait.wealth * s.wealth + trait.tech * s.tech + trait.social * s.social;
  return s.random.chance(trait.base + slopes / 1000);
}

std::int64_t value_of(const DraftTag& tag, Subscriber& s) {
  if (tag.trait) return has_trait(*tag.trait, s);
  if (!tag.draw || s.random.chance(tag.unknown_permille)) return unknown;
  return tag.draw(s);
}

}  // namespace

Result<Population> Population::make(std::uint64_t seed, Date today) {
  Draft draft = all_tags();
  std::vector<Tag> tags;
  for (const DraftTag& one : draft.tags()) tags.push_back(one.tag);
  auto schema = Schema::make(std::move(tags), "customer_id");
  if (!schema) return schema.error();
  return Population(seed, today, std::move(draft), std::move(*schema));
}

void Population::draw(std::uint64_t index, std::span<std::int64_t> out) const {
  Subscriber s = draw_subscriber(seed_, index, today_.days);
  std::transform(tags().begin(), tags().end(), out.begin(),
                 [&](const DraftTag& tag) { return value_of(tag, s); });
}

/// C and eight digits or more, so that keys sort as they count.
std::string Population::key(std::uint64_t index) {
  std::string digits = std::to_string(index + 1);
  return "C" + std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

}  // namespace muster::generate
