#pragma once

#include <optional>
#include <vector>

#include "muster/tags/user.hpp"
#include "tags/arrow_convert.hpp"

namespace muster {

/// Looks texts up among a tag's categories; each entry of a dictionary once.
class ArrowCodes {
 public:
  ArrowCodes(const Schema& schema, TagId tag, const ArrowTextRows& rows)
      : schema_(schema), tag_(tag), rows_(rows) {
    if (rows.has_dictionary()) seen_.assign(rows.texts().size(), unseen);
  }

  /// The code of an entry of the texts; nothing where it is no category.
  std::optional<std::uint16_t> find(std::size_t entry) {
    if (seen_.empty()) return look_up(entry);
    if (seen_[entry] == unseen) {
      const auto code = look_up(entry);
      seen_[entry] = code ? *code : unknown;
    }
    if (seen_[entry] == unknown) return {};
    return static_cast<std::uint16_t>(seen_[entry]);
  }

  /// "'city' has 'Pari' in row 7, which is not among its categories; did you mean 'Paris'?"
  Error unknown_text(const ArrowSource& source, std::size_t row, std::size_t entry) const;

 private:
  static constexpr std::int32_t unseen = -1;
  static constexpr std::int32_t unknown = -2;

  std::optional<std::uint16_t> look_up(std::size_t entry) const {
    const auto code = schema_.find_category(tag_, rows_.texts()[entry]);
    return code ? std::optional(static_cast<std::uint16_t>(*code)) : std::nullopt;
  }

  const Schema& schema_;
  TagId tag_;
  const ArrowTextRows& rows_;
  std::vector<std::int32_t> seen_;  // by entry; empty without a dictionary
};

}  // namespace muster
