#include <fmt/core.h>

#include "core/json_write.hpp"
#include "muster/tags/schema.hpp"

namespace muster {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out += fmt::format(", \"{}\": ", key);
  append_json_string(out, text);
}

void append_values(std::string& out, const std::vector<std::string>& values) {
  if (values.empty()) return;
  out += ", \"values\": [";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ", ";
    append_json_string(out, values[i]);
  }
  out += ']';
}

void append_tag(std::string& out, const Tag& tag) {
  out += "{\"name\": ";
  append_json_string(out, tag.name);
  append_member(out, "type", name(tag.type));
  if (tag.nullable) out += ", \"nullable\": true";
  append_values(out, tag.values);
  if (tag.kind != TagKind::basic) append_member(out, "kind", name(tag.kind));
  append_member(out, "description", tag.description);
  append_member(out, "derived", tag.derived);
  out += '}';
}

}  // namespace

std::string Schema::to_json() const {
  std::string out = "{";
  if (!key().empty()) {
    out += "\"key\": ";
    append_json_string(out, key());
    out += ", ";
  }
  out += "\"tags\": [";
  for (std::size_t i = 0; i < size(); ++i) {
    out += i == 0 ? "\n  " : ",\n  ";
    append_tag(out, tags()[i]);
  }
  return out += size() == 0 ? "]}\n" : "\n]}\n";
}

}  // namespace muster
