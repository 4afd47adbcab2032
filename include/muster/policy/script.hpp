#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muster/tags/user.hpp"

namespace muster {

inline constexpr std::size_t max_script_bytes = 64 << 10;
inline constexpr std::size_t most_script_suggestions = 16;  ///< "did you mean", of one script

/// What a channel says for a policy (话术), with places for the user's tags:
/// "您的套餐{plan_fee}元".
/// "{{" and "}}" stand for the braces themselves. Immutable.
class MUSTER_EXPORT Script {
 public:
  Script() = default;

  /// Fails with script_syntax (a brace without its partner, a place without a name), unknown_tag
  /// and limit (max_script_bytes); all errors at once, ranges in `text`. The first `suggestions`
  /// of them say which tag was probably meant, which costs O(tags) each.
  static Result<Script> parse(std::string_view text, const Schema& schema,
                              std::size_t suggestions = most_script_suggestions);

  /// Tags it names, ascending, each once.
  const std::vector<TagId>& tags() const noexcept { return tags_; }

  /// The text for a user whose tags read as `values`: values[i] stands for tags()[i].
  /// REQUIRES: as many values as tags.
  std::string fill(std::span<const std::string> values) const;

 private:
  class Parser;
  struct Piece {
    std::string text;           // before the place
    std::uint32_t place = ~0u;  // in tags_; none: the end
  };
  std::vector<Piece> pieces_;
  std::vector<TagId> tags_;
};

/// A tag's value as people read it: numbers in their shortest form, dates as "2026-03-01",
/// categories by name, sets with "、" between, true and false as "是" and "否", NULL as "–".
MUSTER_EXPORT std::string to_script_text(const Schema& schema, TagId tag, const Cell& value);

}  // namespace muster
