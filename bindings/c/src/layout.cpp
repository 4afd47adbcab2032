#include "layout.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "handles.hpp"
#include "lookup.hpp"
#include "structs.hpp"

namespace muster::c {
namespace {

bool holds_text(std::int32_t cell) {
  return cell == MUSTER_CELL_CHARS || cell == MUSTER_CELL_CSTRING || cell == MUSTER_CELL_TEXT;
}

bool suits(std::int32_t cell, TagType type) {
  switch (type) {
    case TagType::boolean:
      return cell == MUSTER_CELL_BOOL;
    case TagType::category:
      return cell == MUSTER_CELL_CODE || holds_text(cell);
    case TagType::category_set:
      return cell == MUSTER_CELL_TEXTS;
    case TagType::number:
      return cell >= MUSTER_CELL_INT8 && cell <= MUSTER_CELL_DOUBLE;
    case TagType::date:
      return cell == MUSTER_CELL_INT32 || holds_text(cell);
  }
  return false;
}

}  // namespace

Layout::Layout(Schema schema, std::span<const muster_column> columns, bool lenient)
    : schema_(std::move(schema)), places_(schema_.size()) {
  if (lenient) unusable_ = std::make_unique<std::atomic<std::uint64_t>[]>(schema_.size());
  for (const muster_column& column : columns) bind(column);
  for (std::size_t i = 0; i < schema_.size(); ++i) {
    const Tag& tag = schema_.tags()[i];
    if (tag.type == TagType::boolean) booleans_.push_back(TagId(i));
    if (places_[i].bound || tag.nullable || !tag.derived.empty()) continue;
    refuse(Errc::missing_column,
           fmt::format("the tag {} is not nullable and has no column", in_quotes(tag.name)));
  }
}

void Layout::bind(const muster_column& column) {
  const TagId id = find_tag(schema_, c::text(column.tag, column.tag_length, "tag"));
  const Tag& tag = schema_.tag(id);
  if (!tag.derived.empty()) {
    refuse(Errc::wrong_type,
           fmt::format("the tag {} is derived and has no column", in_quotes(tag.name)));
  }
  if (!suits(column.cell, tag.type)) {
    refuse(Errc::wrong_type,
           fmt::format("the tag {} is of type {}, which is not read from cell type {}",
                       in_quotes(tag.name), name(tag.type), column.cell));
  }
  if (column.cell == MUSTER_CELL_CHARS && column.width == 0) {
    refuse_argument("width", "is 0 in a column of MUSTER_CELL_CHARS");
  }
  Place& place = places_[static_cast<std::size_t>(id)];
  if (place.bound) {
    refuse(Errc::duplicate_name, fmt::format("the tag {} has two columns", in_quotes(tag.name)));
  }
  place = {true, column.cell, column.width, column.offset, column.null_offset};
}

bool Layout::count_unusable(TagId tag) const noexcept {
  if (unusable_ == nullptr || !schema_.tag(tag).nullable) return false;
  unusable_[static_cast<std::size_t>(tag)].fetch_add(1, std::memory_order_relaxed);
  return true;
}

std::uint64_t Layout::unusable(TagId tag) const noexcept {
  if (unusable_ == nullptr) return 0;
  return unusable_[static_cast<std::size_t>(tag)].load(std::memory_order_relaxed);
}

std::uint64_t Layout::unusable() const noexcept {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < schema_.size(); ++i) all += unusable(TagId(i));
  return all;
}

}  // namespace muster::c

using namespace muster::c;

namespace {

muster_status new_layout(const muster_schema* schema, const muster_column* columns, size_t count,
                         size_t column_size, bool lenient, muster_layout** out,
                         muster_error* error) {
  return call(error, [&] {
    const muster::Schema& its = need(schema, "schema").value;
    auto& layout = need(out, "out");
    const auto* bytes = reinterpret_cast<const std::byte*>(array(columns, count, "columns"));
    check_struct_size(column_size, "column_size");
    std::vector<muster_column> known(count);
    for (size_t i = 0; i < count; ++i) {
      const std::span<const std::byte> one(bytes + i * column_size, column_size);
      const size_t size = std::min(one.size(), sizeof known[i]);
      std::memcpy(&known[i], one.data(), size);
      check_unknown_members(one.subspan(size), "columns");
    }
    layout = new muster_layout(its, std::span<const muster_column>(known), lenient);
  });
}

}  // namespace

muster_status muster_layout_new(const muster_schema* schema, const muster_column* columns,
                                size_t count, size_t column_size, muster_layout** out,
                                muster_error* error) {
  return new_layout(schema, columns, count, column_size, false, out, error);
}

muster_status muster_layout_new_lenient(const muster_schema* schema, const muster_column* columns,
                                        size_t count, size_t column_size, muster_layout** out,
                                        muster_error* error) {
  return new_layout(schema, columns, count, column_size, true, out, error);
}

muster_status muster_layout_unusable(const muster_layout* layout, const char* tag,
                                     size_t tag_length, uint64_t* count, muster_error* error) {
  return call(error, [&] {
    const Layout& its = need(layout, "layout").value;
    const std::string_view asked = muster::c::text(tag, tag_length, "tag");
    need(count, "count") =
        asked.empty() ? its.unusable() : its.unusable(find_tag(its.schema(), asked));
  });
}

void muster_layout_retain(muster_layout* layout) { retain(layout); }
void muster_layout_release(muster_layout* layout) { release(layout); }
