#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "generate/subscriber.hpp"
#include "muster/tags/schema.hpp"

namespace muster::generate {

/// A tag's value for one subscriber, or `unknown`: 0 or 1, a dictionary position, a set as a
/// mask of dictionary positions, days since 1970-01-01, or a number times 10^decimals.
using Draw = std::int64_t (*)(Subscriber&);

/// A boolean that follows from a person's scores: `base` in thousandths, plus so many
/// thousandths for each score at its highest.
struct Trait {
  const char* name;
  const char* description;
  int base;
  int youth;
  int wealth;
  int tech;
  int social;
};

/// One tag with how its values come about.
struct DraftTag {
  Tag tag;
  int decimals = 0;
  int unknown_permille = 0;
  Draw draw = nullptr;
  const Trait* trait = nullptr;  ///< instead of `draw`
};

/// For tags whose draw gives `unknown` of itself.
constexpr int sometimes = -1;

using Values = std::vector<std::string>;

/// Collects tags in the order of the schema. A draw is a lambda without captures; beside what
/// it says, `unknown_permille` of the subscribers get no value.
class Draft {
 public:
  /// Of which kind the tags declared from now on are.
  void kind(TagKind kind) { kind_ = kind; }

  template <class F>
  void boolean(const char* name, const char* description, F, int unknown_permille = 0) {
    add(name, TagType::boolean, description, as_draw<F>, unknown_permille);
  }
  template <class F>
  void date(const char* name, const char* description, F, int unknown_permille = 0) {
    add(name, TagType::date, description, as_draw<F>, unknown_permille);
  }
  template <class F>
  void number(const char* name, int decimals, const char* description, F,
              int unknown_permille = 0) {
    add(name, TagType::number, description, as_draw<F>, unknown_permille).decimals = decimals;
  }
  template <class F>
  void category(const char* name, Values values, const char* description, F,
                int unknown_permille = 0) {
    add(name, TagType::category, description, as_draw<F>, unknown_permille).tag.values =
        std::move(values);
  }
  template <class F>
  void set(const char* name, Values values, const char* description, F, int unknown_permille = 0) {
    add(name, TagType::category_set, description, as_draw<F>, unknown_permille).tag.values =
        std::move(values);
  }
  void trait(const Trait& trait);
  void derived(const char* name, const char* formula, const char* description);

  std::span<const DraftTag> tags() const { return tags_; }

 private:
  template <class F>
  static std::int64_t as_draw(Subscriber& s) {
    return static_cast<std::int64_t>(F{}(s));
  }
  DraftTag& add(const char* name, TagType type, const char* description, Draw draw,
                int unknown_permille);
  TagKind kind_ = TagKind::basic;
  std::vector<DraftTag> tags_;
};

// The groups of tags, one file each.
void add_profile_tags(Draft& draft);
void add_plan_tags(Draft& draft);
void add_usage_tags(Draft& draft);
void add_device_tags(Draft& draft);
void add_home_tags(Draft& draft);
void add_service_tags(Draft& draft);
void add_channel_tags(Draft& draft);
void add_portrait_tags(Draft& draft);
void add_traits(Draft& draft);
void add_derived_tags(Draft& draft);

}  // namespace muster::generate
