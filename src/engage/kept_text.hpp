#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_document.hpp"
#include "muster/core/moment.hpp"

namespace muster {

inline constexpr std::size_t max_kept_text_bytes = std::size_t{1} << 20;

/// Reads a flat JSON object that this library wrote into a ledger. What is not as it was written
/// reads as nothing and makes the text unsound.
class KeptText {
 public:
  explicit KeptText(std::string_view json);

  bool sound() const noexcept { return sound_; }
  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  /// Below 2^53, as JSON numbers are.
  std::uint64_t whole(std::string_view key, std::uint64_t most = std::uint64_t{1} << 53);
  bool flag(std::string_view key);
  double number(std::string_view key);
  Moment moment(std::string_view key);
  bool has(std::string_view key) const;
  /// One of the first `count` enumerators, kept as its number.
  template <class Enum>
  Enum number_of(std::string_view key, std::size_t count) {
    return static_cast<Enum>(whole(key, count - 1));
  }

 private:
  std::optional<JsonNode> find(std::string_view key, JsonKind kind);

  std::optional<JsonDocument> document_;
  bool sound_ = true;
};

/// A moment as `moment` reads it: JSON numbers do not hold them all.
std::string kept_moment(Moment moment);

}  // namespace muster
