#pragma once

#include <string>
#include <vector>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_keys.hpp"
#include "tags/arrow_owned.hpp"
#include "tags/arrow_piece.hpp"

namespace muster {

/// Some neighbouring users: one record batch.
struct ArrowBatch {
  std::size_t first = 0;           // among all users
  std::size_t size = 0;            // not 0
  std::vector<ArrowPiece> pieces;  // by tag; those of derived tags are empty
  ArrowKeys keys;                  // where the schema has a key column
};

struct ArrowUsers::Body {
  explicit Body(Schema of_tags) : schema(std::move(of_tags)) {}

  bool has_keys() const noexcept { return !schema.key().empty(); }
  /// REQUIRES: user < size.
  std::size_t batch_of(std::size_t user) const noexcept;

  Schema schema;
  ArrowOwned<ArrowSchema> type;
  std::vector<ArrowOwned<ArrowArray>> arrays;
  std::vector<ArrowBatch> batches;
  std::vector<std::string> ignored_columns;
  std::size_t size = 0;
};

/// What the rest of the library needs to see of Arrow users.
struct ArrowAccess {
  using Body = ArrowUsers::Body;
  static const Body& body(const ArrowUsers& users) { return *users.body_; }
  static ArrowUsers users(std::shared_ptr<const Body> body) { return ArrowUsers(std::move(body)); }
};

}  // namespace muster
