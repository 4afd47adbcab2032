#pragma once

#include "muster/core/progress.hpp"
#include "tags/arrow_body.hpp"
#include "tags/column_plan.hpp"

namespace muster {

/// Reads one tag's values of one batch: checks, borrows, converts. `schema` and `array` are those
/// of the batch's column, or null where there is none.
Result<ArrowPiece> read_piece(const Schema& tags, TagId tag, const ArrowColumn& batch,
                              const ArrowSchema* schema, const ArrowArray* array,
                              std::size_t first_row, const CancelToken* cancel = nullptr);

/// Fills body.batches from body.arrays of type body.type. Fails as ArrowUsers::from_stream does.
Result<void> read_batches(ArrowAccess::Body& body, const RunOptions& run, const Limits& limits);

}  // namespace muster
