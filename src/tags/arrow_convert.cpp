#include "tags/arrow_convert.hpp"

#include <fmt/format.h>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

using Kind = ArrowType::Kind;

bool is_plain(const ArrowSchema& schema) { return schema.dictionary == nullptr; }

bool reads_set(const ArrowSchema& schema) {
  if (!is_plain(schema) || !read_type(schema).is_list()) return false;
  const bool child =
      schema.n_children == 1 && schema.children != nullptr && schema.children[0] != nullptr;
  if (!child) return false;
  return ArrowTextRows::reads(*schema.children[0]) ||
         read_type(*schema.children[0]).kind == Kind::null;
}

bool reads(TagType tag, const ArrowSchema& schema) {
  const ArrowType type = read_type(schema);
  if (type.kind == Kind::null && is_plain(schema)) return true;
  switch (tag) {
    case TagType::boolean:
      return is_plain(schema) && (type.kind == Kind::boolean || type.is_integer());
    case TagType::number:
      return is_plain(schema) &&
             (type.is_integer() || type.kind == Kind::floating || type.kind == Kind::decimal);
    case TagType::date:
      return is_plain(schema) && (type.kind == Kind::days || type.kind == Kind::moments);
    case TagType::category:
      return ArrowTextRows::reads(schema);
    case TagType::category_set:
      return reads_set(schema);
  }
  return false;
}

std::string_view readable_types(TagType tag) {
  switch (tag) {
    case TagType::boolean:
      return "bool, or integers 0 and 1";
    case TagType::number:
      return "integers, floats or decimals";
    case TagType::date:
      return "date32, date64 or timestamps";
    case TagType::category:
      return "utf8 texts, or a dictionary of them";
    case TagType::category_set:
      return "lists of utf8 texts, or of a dictionary of them";
  }
  return {};
}

}  // namespace

Result<void> check_type(const Tag& tag, const ArrowSchema& schema) {
  if (reads(tag.type, schema)) return {};
  return Error{
      Errc::wrong_type,
      fmt::format("column {} holds {}, but the tag is a {}, which takes {}", in_quotes(tag.name),
                  describe_type(schema), name(tag.type), readable_types(tag.type)),
      {}};
}

}  // namespace muster
