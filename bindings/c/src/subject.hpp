#pragma once

#include <optional>

#include "handles.hpp"
#include "structs.hpp"

namespace muster::c {

/// Whom a decision is about, as C gave it.
class SubjectView {
 public:
  explicit SubjectView(const muster_subject* given)
      : given_(read_struct(&need(given, "subject"), "subject")),
        key_(text(given_.key, given_.key == nullptr ? 0 : given_.key_length, "key")) {
    if (given_.user != nullptr) {
      if (given_.layout != nullptr) refuse_argument("subject", "has both a user and a layout");
      return;
    }
    const Layout& layout = need(given_.layout, "layout").value;
    row_.emplace(layout, &need(as_bytes(given_.row), "row"));
  }
  SubjectView(const SubjectView&) = delete;

  Subject subject() const noexcept {
    return {key_, row_ ? static_cast<const UserView&>(*row_) : given_.user->value};
  }
  /// Throws what is wrong with the row's cells.
  void check() const {
    if (row_) row_->check();
  }

 private:
  static const std::byte* as_bytes(const void* row) { return static_cast<const std::byte*>(row); }

  muster_subject given_;
  std::string_view key_;
  std::optional<RowView> row_;
};

}  // namespace muster::c
