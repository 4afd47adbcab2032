#include "engage/kept_text.hpp"

#include <charconv>
#include <cmath>

namespace muster {

KeptText::KeptText(std::string_view json) {
  auto document = JsonDocument::parse(json, max_kept_text_bytes);
  if (document && document->root().kind() == JsonKind::object) {
    document_.emplace(std::move(*document));
  } else {
    sound_ = false;
  }
}

std::optional<JsonNode> KeptText::find(std::string_view key, JsonKind kind) {
  const auto node = document_ ? document_->root().find(key) : std::nullopt;
  if (node && node->kind() == kind) return node;
  sound_ = false;
  return std::nullopt;
}

bool KeptText::has(std::string_view key) const {
  return document_ && document_->root().find(key).has_value();
}

std::string KeptText::text(std::string_view key) {
  const auto node = find(key, JsonKind::string);
  return node ? std::string(node->string()) : std::string();
}

std::vector<std::string> KeptText::texts(std::string_view key) {
  std::vector<std::string> texts;
  const auto list = find(key, JsonKind::array);
  if (!list) return texts;
  for (const JsonNode entry : list->elements()) {
    if (entry.kind() != JsonKind::string) {
      sound_ = false;
      break;
    }
    texts.emplace_back(entry.string());
  }
  return texts;
}

double KeptText::number(std::string_view key) {
  const auto node = find(key, JsonKind::number);
  return node ? node->number() : 0;
}

std::uint64_t KeptText::whole(std::string_view key, std::uint64_t most) {
  const double value = number(key);
  if (value >= 0 && value <= static_cast<double>(most) && std::floor(value) == value) {
    return static_cast<std::uint64_t>(value);
  }
  sound_ = false;
  return 0;
}

bool KeptText::flag(std::string_view key) {
  const auto node = find(key, JsonKind::boolean);
  return node && node->boolean();
}

Moment KeptText::moment(std::string_view key) {
  const std::string digits = text(key);
  Moment moment;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), moment.seconds);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) sound_ = false;
  return moment;
}

std::string kept_moment(Moment moment) { return std::to_string(moment.seconds); }

}  // namespace muster
