#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/word_list.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

using Kind = ContactRule::Kind;

constexpr std::string_view contact_rule_keys[] = {"id",     "kind", "channels", "per",   "of",
                                                  "within", "most", "after",    "hours", "when"};
constexpr std::size_t kinds_of_rule = 4;

constexpr unsigned bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }

/// Keys that do not suit every kind, and the kinds that they suit.
struct KindKey {
  std::string_view key;
  unsigned kinds;
};
constexpr KindKey kind_keys[] = {
    {"per", bit(Kind::cap) | bit(Kind::cool_down)},
    {"of", bit(Kind::cap) | bit(Kind::cool_down)},
    {"within", bit(Kind::cap) | bit(Kind::cool_down)},
    {"most", bit(Kind::cap)},
    {"after", bit(Kind::cool_down)},
    {"hours", bit(Kind::quiet_hours)},
    {"when", bit(Kind::do_not_contact)},
};

std::string kinds_text(unsigned kinds) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kinds_of_rule; ++i) {
    if ((kinds >> i & 1) != 0) names.push_back(name(static_cast<Kind>(i)));
  }
  return one_of(names);
}

/// Reads one contact rule.
class ContactRuleReader {
 public:
  ContactRuleReader(JsonNode node, CatalogueIds& ids, CatalogueContext& context)
      : node_(node),
        ids_(ids),
        context_(context),
        findings_(context.findings),
        object_(node, "a contact rule", contact_rule_keys, context.findings) {}

  void read() {
    if (!object_) return;
    rule_.id = ids_.add(object_, context_);
    rule_.channels = read_channel_list(object_, context_);
    const auto node = object_.require("kind");
    const auto kind =
        node ? read_enum<Kind, kinds_of_rule>(*node, "'kind'", findings_) : std::nullopt;
    if (!kind) return;
    rule_.kind = *kind;
    note_unsuited_keys();
    read_kind();
    context_.text.contact_rules.push_back(std::move(rule_));
  }

 private:
  void note_unsuited_keys() {
    for (const JsonMember member : node_.members()) {
      const auto found = std::find_if(std::begin(kind_keys), std::end(kind_keys),
                                      [&](const KindKey& one) { return one.key == member.key; });
      if (found == std::end(kind_keys) || (found->kinds & bit(rule_.kind)) != 0) continue;
      context_.note(Errc::json_unknown_key, member.key_range,
                    fmt::format("a {} has no key {}; it is for {}", name(rule_.kind),
                                in_quotes(member.key), kinds_text(found->kinds)));
    }
  }

  void read_kind() {
    switch (rule_.kind) {
      case Kind::cap:
        read_counting();
        rule_.most = static_cast<std::uint32_t>(
            require_number(object_, "most", {0, max_cap, true}, findings_));
        break;
      case Kind::cool_down:
        read_counting();
        rule_.outcome = required_word<Outcome, outcomes>("after");
        break;
      case Kind::quiet_hours:
        if (const auto hours = object_.require("hours")) {
          rule_.hours = read_hours(*hours, context_);
        }
        break;
      case Kind::do_not_contact:
        rule_.when = context_.required_rule(object_, "when");
        break;
    }
  }

  void read_counting() {
    rule_.scope = word<ContactRule::Scope, 3>("per");
    rule_.counts = word<ContactRule::Counts, 4>("of");
    if (const auto span = object_.require("within")) rule_.span = read_span(*span, context_);
  }

  /// An enumerator; the first where the key is not there.
  template <class Enum, std::size_t count>
  Enum word(std::string_view key) {
    const auto node = object_.find(key);
    if (!node) return Enum{};
    return read_enum<Enum, count>(*node, in_quotes(key), findings_).value_or(Enum{});
  }
  template <class Enum, std::size_t count>
  Enum required_word(std::string_view key) {
    object_.require(key);
    return word<Enum, count>(key);
  }

  JsonNode node_;
  CatalogueIds& ids_;
  CatalogueContext& context_;
  std::vector<Diagnostic>& findings_;
  JsonObject object_;
  ContactRule rule_;
};

}  // namespace

void read_contact_rules(JsonNode node, CatalogueContext& context) {
  if (!expect_array(node, "'contact_rules'", context.findings)) return;
  const std::size_t most = context.limits.max_contact_rules;
  if (!context.within(node, most, "contact rules", "max_contact_rules")) return;
  CatalogueIds ids("contact rule", Errc::bad_setting);
  for (const JsonNode rule : node.elements()) ContactRuleReader(rule, ids, context).read();
}

}  // namespace muster
