#include <fmt/format.h>

#include <algorithm>

#include "core/parallel.hpp"
#include "tags/arrow_convert.hpp"
#include "tags/arrow_import.hpp"

namespace muster {
namespace {

/// Values that a thread takes in one go, at least: enough for handing them out to cost nothing.
constexpr std::size_t values_a_block = std::size_t{1} << 16;

/// Reads the columns of all batches, in parallel.
class BatchReader {
 public:
  BatchReader(ArrowAccess::Body& body, const Limits& limits) : body_(body), limits_(limits) {}

  Result<void> read(const RunOptions& run) {
    cancel_ = run.cancel;
    if (auto good = read_type(); !good) return good;
    if (auto good = open_batches(); !good) return good;
    const std::size_t columns = plan_.tags.size() + (body_.has_keys() ? 1 : 0);
    const std::size_t tasks = columns * batches_.size();
    const std::size_t rows = body_.size / std::max<std::size_t>(1, batches_.size());
    const std::size_t a_block = 1 + values_a_block / std::max<std::size_t>(1, rows);
    const auto read_block = [&](std::size_t block, unsigned) -> Result<void> {
      const std::size_t end = std::min(tasks, (block + 1) * a_block);
      for (std::size_t task = block * a_block; task < end; ++task) {
        if (auto done = read_column(task / columns, task % columns); !done) return done;
      }
      return {};
    };
    return for_each_block(run, (tasks + a_block - 1) / a_block, read_block);
  }

 private:
  /// Finds the columns of the tags and checks their types.
  Result<void> read_type() {
    const ArrowSchema& type = *body_.type;
    if (muster::read_type(type).kind != ArrowType::Kind::structure || type.dictionary) {
      return Error{Errc::wrong_type,
                   fmt::format("the users come as {}, where record batches (structs) are expected",
                               describe_type(type)),
                   {}};
    }
    if (type.n_children < 0 || (type.n_children > 0 && type.children == nullptr)) {
      return corrupt_batch("its type has no children");
    }
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < type.n_children; ++i) {
      if (type.children[i] == nullptr) return corrupt_batch("its type has no children");
      names.emplace_back(type.children[i]->name != nullptr ? type.children[i]->name : "");
    }
    if (const auto mismatch = match_columns(body_.schema, names, plan_)) {
      return Error{mismatch->code, mismatch->message + mismatch->hint, {}};
    }
    body_.ignored_columns = std::move(plan_.ignored_columns);
    return check_types();
  }

  Result<void> check_types() const {
    for (std::size_t i = 0; i < plan_.tags.size(); ++i) {
      if (plan_.columns[i] == ColumnPlan::none) continue;
      const auto good = check_type(body_.schema.tag(plan_.tags[i]), *type_of(plan_.columns[i]));
      if (!good) return good;
    }
    if (!body_.has_keys()) return {};
    return check_key_type(body_.schema.key(), *type_of(plan_.key));
  }

  Result<void> open_batches() {
    for (const auto& array : body_.arrays) {
      const ArrowPlace place{{}, body_.size, true};
      auto batch = ArrowColumn::open(*body_.type, *array, place);
      if (!batch) return std::move(batch).error();
      if (batch->size() == 0) continue;
      if (auto good = check_children(*array); !good) return good;
      batches_.push_back(*batch);
      ArrowBatch& made = body_.batches.emplace_back();
      made.first = body_.size;
      made.size = batch->size();
      made.pieces.resize(body_.schema.size());
      body_.size += batch->size();
      if (body_.size > limits_.max_users) return too_many_users();
    }
    return {};
  }

  Result<void> check_children(const ArrowArray& array) const {
    if (array.n_children == 0) return {};
    if (array.children == nullptr) return corrupt_batch("its children are missing");
    const auto end = array.children + array.n_children;
    if (std::find(array.children, end, nullptr) != end) {
      return corrupt_batch("its children are missing");
    }
    const bool released = std::any_of(
        array.children, end, [](const ArrowArray* child) { return child->release == nullptr; });
    return released ? corrupt_batch("a child was released") : Result<void>();
  }

  static Error corrupt_batch(std::string_view what) { return arrow_corrupt({{}, 0, true}, what); }

  Error too_many_users() const {
    return {Errc::limit,
            fmt::format("there are more than {} users (max_users)", limits_.max_users),
            {}};
  }

  Result<void> read_column(std::size_t at, std::size_t column) {
    ArrowBatch& batch = body_.batches[at];
    if (column == plan_.tags.size()) return read_keys(batches_[at], batch);
    const TagId tag = plan_.tags[column];
    const std::size_t child = plan_.columns[column];
    const bool there = child != ColumnPlan::none;
    auto piece =
        read_piece(body_.schema, tag, batches_[at], there ? type_of(child) : nullptr,
                   there ? batches_[at].array().children[child] : nullptr, batch.first, cancel_);
    if (!piece) return std::move(piece).error();
    batch.pieces[static_cast<std::size_t>(tag)] = *std::move(piece);
    return {};
  }

  Result<void> read_keys(const ArrowColumn& rows, ArrowBatch& batch) const {
    const ArrowPlace place{body_.schema.key(), batch.first};
    auto column = ArrowColumn::open(*type_of(plan_.key), *rows.array().children[plan_.key],
                                    rows.offset(), rows.size(), place);
    if (!column) return std::move(column).error();
    auto keys = ArrowKeys::open(rows, *column, place, cancel_);
    if (!keys) return std::move(keys).error();
    batch.keys = *keys;
    return {};
  }

  const ArrowSchema* type_of(std::size_t column) const { return body_.type->children[column]; }

  ArrowAccess::Body& body_;
  const Limits& limits_;
  const CancelToken* cancel_ = nullptr;
  ColumnPlan plan_;
  std::vector<ArrowColumn> batches_;
};

}  // namespace

Result<void> read_batches(ArrowAccess::Body& body, const RunOptions& run, const Limits& limits) {
  return BatchReader(body, limits).read(run);
}

}  // namespace muster
