#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "muster.h"
#include "muster/tags/user.hpp"

namespace muster::c {

/// Where the tags of a schema lie in a row of the caller's memory. Immutable.
class Layout {
 public:
  /// Throws what muster_layout_new fails with. Lenient: unusable cells are NULL, and counted.
  Layout(Schema schema, std::span<const muster_column> columns, bool lenient);

  struct Place {
    bool bound = false;
    std::int32_t cell = 0;
    std::uint32_t width = 0;
    std::size_t offset = 0;
    std::size_t null_offset = 0;
  };
  const Schema& schema() const noexcept { return schema_; }
  /// REQUIRES: a tag of the schema.
  const Place& place(TagId tag) const noexcept { return places_[static_cast<std::size_t>(tag)]; }
  std::span<const TagId> booleans() const noexcept { return booleans_; }

  /// Counts an unusable cell; false where it has to be refused.
  bool count_unusable(TagId tag) const noexcept;
  std::uint64_t unusable(TagId tag) const noexcept;
  std::uint64_t unusable() const noexcept;

 private:
  void bind(const muster_column& column);

  Schema schema_;
  std::vector<Place> places_;  // by tag
  std::vector<TagId> booleans_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> unusable_;  // by tag; none where it is refused
};

/// A row of the caller's as a user. Cells that can not be used read as NULL, and the first of them
/// that its layout does not put up with is the row's problem. Used by one thread at a time.
class RowView final : public UserView {
 public:
  RowView(const Layout& layout, const void* row) noexcept
      : layout_(&layout), row_(static_cast<const std::byte*>(row)) {}

  Cell cell(TagId tag) const override;
  bool booleans(std::span<std::uint8_t> out) const override;
  std::uint64_t schema_fingerprint() const override { return layout_->schema().fingerprint(); }

  /// Throws the problem, if there is one.
  void check() const;

 private:
  bool is_null(const Layout::Place& place) const noexcept;
  Cell number(const Layout::Place& place) const noexcept;
  Cell date(TagId tag, const Layout::Place& place) const;
  Cell date(TagId tag, std::string_view text) const;
  Cell code(TagId tag, const Layout::Place& place) const;
  Cell category(TagId tag, std::string_view text) const;
  Cell categories(TagId tag, const Layout::Place& place) const;
  template <class Explain>
  Cell unusable(TagId tag, Explain explain) const;
  template <class T>
  T read(const Layout::Place& place) const noexcept;
  std::string_view text(const Layout::Place& place) const noexcept;

  const Layout* layout_;
  const std::byte* row_;
  mutable std::optional<Error> problem_;
  mutable std::vector<CategoryCode> codes_;  // of the set that was read last
};

}  // namespace muster::c
