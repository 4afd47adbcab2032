#include <algorithm>

#include "tags/arrow_body.hpp"
#include "tags/row_number.hpp"

namespace muster {

std::size_t ArrowUsers::Body::batch_of(std::size_t user) const noexcept {
  const auto after =
      std::upper_bound(batches.begin(), batches.end(), user,
                       [](std::size_t at, const ArrowBatch& batch) { return at < batch.first; });
  return static_cast<std::size_t>(after - batches.begin()) - 1;
}

const Schema& ArrowUsers::schema() const noexcept { return body_->schema; }
std::size_t ArrowUsers::size() const noexcept { return body_->size; }
std::span<const std::string> ArrowUsers::ignored_columns() const noexcept {
  return body_->ignored_columns;
}

std::string_view ArrowUsers::key(UserIndex user, std::string& buffer) const {
  if (!body_->has_keys()) {
    buffer = std::to_string(user + 1);
    return buffer;
  }
  const ArrowBatch& batch = body_->batches[body_->batch_of(user)];
  return batch.keys.key(user - batch.first, buffer);
}

std::optional<UserIndex> ArrowUsers::find(std::string_view key) const {
  if (!body_->has_keys()) return read_row_number(key, body_->size);
  std::string buffer;
  for (const ArrowBatch& batch : body_->batches) {
    for (std::size_t row = 0; row < batch.size; ++row) {
      if (batch.keys.key(row, buffer) == key) return batch.first + row;
    }
  }
  return {};
}

ArrowUsers::Row::Row(const ArrowUsers& users, UserIndex user) {
  batch_ = &users.body_->batches[users.body_->batch_of(user)];
  at_ = user - batch_->first;
  schema_ = users.schema().fingerprint();
}

Cell ArrowUsers::Row::cell(TagId tag) const {
  return batch_->pieces[static_cast<std::size_t>(tag)].cell(at_);
}

std::size_t ArrowUsers::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(Body);
  for (const ArrowBatch& batch : body_->batches) {
    bytes += sizeof(ArrowBatch) + batch.pieces.capacity() * sizeof(ArrowPiece);
    for (const ArrowPiece& piece : batch.pieces) bytes += piece.memory_bytes();
  }
  return bytes;
}

}  // namespace muster
