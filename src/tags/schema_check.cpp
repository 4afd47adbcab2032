#include "tags/schema_check.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/utf8.hpp"

namespace muster {
namespace {

// Ids and codes have 16 bits whatever the limits say.
constexpr std::size_t most_ids = 65'536;

class Checker {
 public:
  Checker(SchemaBody& body, const Limits& limits, std::vector<SchemaProblem>& problems)
      : body_(body), limits_(limits), problems_(problems) {}

  void check() {
    const std::size_t max_tags = std::min(limits_.max_tags, most_ids);
    if (body_.tags.size() > max_tags) {
      return note({}, Errc::limit,
                  fmt::format("{} tags are more than max_tags, {}", body_.tags.size(), max_tags));
    }
    if (!body_.key.empty()) check_name(body_.key, "the key's name", {});
    body_.dictionaries.resize(body_.tags.size());
    body_.formulas.resize(body_.tags.size());
    for (std::size_t i = 0; i < body_.tags.size(); ++i) check_tag(i);
  }

 private:
  void note(SchemaProblem where, Errc code, std::string message) {
    where.code = code;
    where.message = std::move(message);
    problems_.push_back(std::move(where));
  }

  static SchemaProblem at(std::size_t tag, TagPart part, std::size_t value = 0) {
    SchemaProblem where;
    where.tag = tag;
    where.part = part;
    where.value = value;
    return where;
  }

  void check_name(std::string_view name, std::string_view what, const SchemaProblem& where) {
    if (name.empty()) return note(where, Errc::bad_tag, fmt::format("{} is empty", what));
    if (!is_utf8(name)) {
      return note(where, Errc::bad_tag, fmt::format("{} {} is not UTF-8", what, in_quotes(name)));
    }
    if (has_control(name)) {
      note(where, Errc::bad_tag,
           fmt::format("{} {} has a control character", what, in_quotes(name)));
    }
  }

  void check_tag(std::size_t index) {
    const Tag& tag = body_.tags[index];
    check_name(tag.name, "a tag's name", at(index, TagPart::name));
    if (!body_.by_name.emplace(tag.name, static_cast<TagId>(index)).second) {
      note(at(index, TagPart::name), Errc::duplicate_name,
           fmt::format("two tags are named {}", in_quotes(tag.name)));
    }
    if (!is_utf8(tag.description)) {
      note(at(index, TagPart::description), Errc::bad_tag,
           fmt::format("the description of {} is not UTF-8", in_quotes(tag.name)));
    }
    check_dictionary(index);
    if (!tag.derived.empty() && tag.type != TagType::number) {
      note(at(index, TagPart::derived), Errc::bad_derived,
           fmt::format("the tag {} is of type {}, but a derived tag is a number",
                       in_quotes(tag.name), name(tag.type)));
    }
  }

  void check_dictionary(std::size_t index) {
    const Tag& tag = body_.tags[index];
    const bool wanted = tag.type == TagType::category || tag.type == TagType::category_set;
    if (wanted && tag.values.empty()) {
      return note(at(index, TagPart::whole), Errc::bad_tag,
                  fmt::format("the tag {} of type {} needs its 'values'", in_quotes(tag.name),
                              name(tag.type)));
    }
    if (!wanted && !tag.values.empty()) {
      return note(at(index, TagPart::values), Errc::bad_tag,
                  fmt::format("the tag {} of type {} has no 'values'", in_quotes(tag.name),
                              name(tag.type)));
    }
    const std::size_t most = std::min(limits_.max_categories, most_ids);
    if (tag.values.size() > most) {
      return note(at(index, TagPart::values), Errc::limit,
                  fmt::format("{} values of the tag {} are more than max_categories, {}",
                              tag.values.size(), in_quotes(tag.name), most));
    }
    body_.dictionaries[index].reserve(tag.values.size());
    for (std::size_t i = 0; i < tag.values.size(); ++i) check_value(index, i);
  }

  void check_value(std::size_t index, std::size_t i) {
    const Tag& tag = body_.tags[index];
    const std::string& value = tag.values[i];
    const SchemaProblem where = at(index, TagPart::one_value, i);
    if (value.empty()) {
      note(where, Errc::bad_tag,
           fmt::format("a value of the tag {} is empty", in_quotes(tag.name)));
    } else if (!is_utf8(value)) {
      note(where, Errc::bad_tag,
           fmt::format("the value {} of the tag {} is not UTF-8", in_quotes(value),
                       in_quotes(tag.name)));
    } else if (!body_.dictionaries[index].emplace(value, static_cast<CategoryCode>(i)).second) {
      note(where, Errc::duplicate_name,
           fmt::format("the tag {} has the value {} twice", in_quotes(tag.name), in_quotes(value)));
    }
  }

  SchemaBody& body_;
  const Limits& limits_;
  std::vector<SchemaProblem>& problems_;
};

void append_number(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift & 0xff);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, text.size());
  out += text;
}

std::uint64_t fingerprint_of(const std::vector<Tag>& tags) {
  std::string bytes;
  append_number(bytes, tags.size());
  for (const Tag& tag : tags) {
    append_text(bytes, tag.name);
    append_number(bytes, static_cast<std::uint64_t>(tag.type) << 1 | (tag.nullable ? 1 : 0));
    append_number(bytes, tag.values.size());
    for (const std::string& value : tag.values) append_text(bytes, value);
    append_text(bytes, tag.derived);
  }
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace

std::vector<SchemaProblem> check_schema(SchemaBody& body, const Limits& limits) {
  std::vector<SchemaProblem> problems;
  Checker(body, limits, problems).check();
  if (body.formulas.size() == body.tags.size()) check_derived(body, limits, problems);
  std::stable_sort(problems.begin(), problems.end(),
                   [](const SchemaProblem& a, const SchemaProblem& b) {
                     return a.tag + 1 < b.tag + 1;  // the schema itself first
                   });
  body.fingerprint = fingerprint_of(body.tags);
  return problems;
}

}  // namespace muster
