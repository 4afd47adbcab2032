#pragma once

#include <string>
#include <vector>

#include "core/text_hash.hpp"
#include "muster/tags/schema.hpp"
#include "tags/arithmetic.hpp"

namespace muster {

/// Names and dictionary entries are looked up by views of the strings in `tags`, so a body is
/// never copied or moved.
struct SchemaBody {
  std::vector<Tag> tags;
  std::string key;
  NameMap<TagId> by_name;
  std::vector<NameMap<CategoryCode>> dictionaries;    // by tag; empty for other types
  std::vector<std::unique_ptr<Arithmetic>> formulas;  // by tag; null if not derived
  std::vector<TagId> derived_order;
  std::uint64_t fingerprint = 0;

  SchemaBody() = default;
  SchemaBody(const SchemaBody&) = delete;
  SchemaBody& operator=(const SchemaBody&) = delete;
};
struct Schema::Body final : SchemaBody {};

}  // namespace muster
