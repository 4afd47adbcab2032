#include "core/json_document.hpp"

#include "core/json_scanner.hpp"

namespace muster {

using detail::JsonRecord;

std::string_view detail::key_of(const JsonBody& body, const JsonRecord& record) {
  const std::string_view from = record.key_in_pool ? std::string_view(body.pool) : body.source;
  return from.substr(record.key, record.key_size);
}

std::string_view JsonNode::string() const noexcept {
  const std::string_view from =
      record().text_in_pool ? std::string_view(body_->pool) : body_->source;
  return from.substr(record().text, record().text_size);
}

JsonChildren JsonNode::elements() const noexcept {
  const std::uint32_t first = kind() == JsonKind::array ? index_ + 1 : record().next;
  return {JsonNode(body_, first), JsonNode(body_, record().next)};
}

JsonMembers JsonNode::members() const noexcept {
  const std::uint32_t first = kind() == JsonKind::object ? index_ + 1 : record().next;
  return {JsonNode(body_, first), JsonNode(body_, record().next)};
}

std::optional<JsonNode> JsonNode::find(std::string_view key) const noexcept {
  for (const JsonMember member : members()) {
    if (member.key == key) return member.value;
  }
  return std::nullopt;
}

ByteRange JsonNode::source_range(ByteRange in_string) const noexcept {
  const std::size_t begin = record().begin + 1;
  const std::string_view raw = body_->source.substr(begin, record().end - 1 - begin);
  return {begin + encoded_offset(raw, in_string.begin, false),
          begin + encoded_offset(raw, in_string.end, true)};
}

JsonMember::JsonMember(JsonNode node)
    : key(detail::key_of(*node.body_, node.record())),
      key_range{node.record().key_begin, node.record().key_end},
      value(node) {}

}  // namespace muster
