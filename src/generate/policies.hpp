#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "generate/random.hpp"
#include "muster/tags/schema.hpp"

namespace muster::generate {

/// A named rule that many policies share.
struct SegmentText {
  std::string_view name;
  std::string_view rule;
};
std::span<const SegmentText> segment_texts();

/// A policy with blanks. In rules `{city}` stands for a category of that tag, `{city*3}` for one
/// to three of them, `{80..300/10}` for a number in steps of ten, and `{80..300/10+40}` for such
/// a number AND one that is 40 more, as BETWEEN wants it.
struct PolicyTemplate {
  std::string_view name;
  std::string_view rule;
};
std::span<const PolicyTemplate> policy_templates();
/// Further conditions with blanks, for when there are more policies than templates.
std::span<const std::string_view> refinements();

/// The templates over and over, with blanks filled in and, from the second round on, one to
/// three refinements each. A seed gives the same policies on every machine.
class PolicyWriter {
 public:
  /// REQUIRES: `schema` is a Population's.
  PolicyWriter(Schema schema, std::uint64_t seed) : schema_(std::move(schema)), seed_(seed) {}

  static std::string id(std::size_t index);
  static std::string name(std::size_t index);
  std::string rule(std::size_t index) const;

 private:
  Schema schema_;
  std::uint64_t seed_;
};

/// A whole catalogue file, handed over in pieces: `write` is called with each, until it says no.
bool write_catalogue(const Schema& schema, std::uint64_t seed, std::size_t policies,
                     const std::function<bool(std::string_view)>& write);

}  // namespace muster::generate
