#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "muster/tags/schema.hpp"

namespace muster {

/// Which column of a source is which tag. Columns count from 0.
struct ColumnPlan {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::vector<TagId> tags;           ///< that are stored, in schema order
  std::vector<std::size_t> columns;  ///< of each, or none: all NULL
  std::size_t key = none;
  std::vector<std::string> ignored_columns;
};

/// Why a source's columns are not those of a schema.
struct ColumnMismatch {
  Errc code = Errc::missing_column;
  std::size_t column = ColumnPlan::none;  ///< that is one too many
  std::string message;
  std::string hint;  ///< what was probably meant, as the end of a message; may be empty
};

/// Finds a schema's columns by name. Fails with duplicate_name or missing_column.
std::optional<ColumnMismatch> match_columns(const Schema& schema,
                                            std::span<const std::string> names, ColumnPlan& plan);

}  // namespace muster
