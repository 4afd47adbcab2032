#include <fmt/format.h>

#include "core/diagnostics.hpp"
#include "policy/catalogue_parts.hpp"

namespace muster {
namespace {

constexpr std::string_view propensity_keys[] = {"constants", "logistic"};
constexpr std::string_view constant_keys[] = {"policy", "channel", "probability"};
constexpr std::string_view logistic_keys[] = {"policy", "channel", "intercept", "terms"};
constexpr std::string_view term_keys[] = {"tag", "category", "coefficient", "missing"};

constexpr NumberRange probability_range{0, 1};
constexpr NumberRange coefficient_range{-max_coefficient, max_coefficient};

/// Reads the entries of one list, which may not be for the same place twice.
class PropensityReader {
 public:
  explicit PropensityReader(CatalogueContext& context)
      : context_(context), findings_(context.findings) {}

  void read_constant(JsonNode node) {
    JsonObject object(node, "a constant propensity", constant_keys, findings_);
    if (!object) return;
    ConstantPropensity constant;
    read_place(node, object, constant.policy, constant.channel);
    constant.probability = require_number(object, "probability", probability_range, findings_);
    context_.text.propensities.constants.push_back(constant);
  }

  void read_logistic(JsonNode node) {
    JsonObject object(node, "a logistic propensity", logistic_keys, findings_);
    if (!object) return;
    LogisticPropensity logistic;
    read_place(node, object, logistic.policy, logistic.channel);
    logistic.intercept = number_or(object, "intercept", coefficient_range, 0, findings_);
    const auto terms = object.find("terms");
    if (terms && expect_array(*terms, "'terms'", findings_)) {
      for (const JsonNode term : terms->elements()) read_term(term, logistic.terms);
    }
    context_.text.propensities.logistic.push_back(std::move(logistic));
  }

 private:
  void read_place(JsonNode node, const JsonObject& object, PolicyId& policy, ChannelId& channel) {
    const auto policy_node = object.find("policy"), channel_node = object.find("channel");
    const auto of_policy =
        policy_node ? context_.policies.find(*policy_node, context_) : any_policy;
    const auto of_channel =
        channel_node ? context_.channels.find(*channel_node, context_) : any_channel;
    if (!of_policy || !of_channel) return;
    policy = *of_policy;
    channel = static_cast<ChannelId>(*of_channel);
    if (places_.insert(std::uint64_t{policy} << 16 | channel).second) return;
    context_.note(Errc::duplicate_name, node.range(),
                  "another entry is for the same policy and channel");
  }

  void read_term(JsonNode node, std::vector<LogisticPropensity::Term>& terms) {
    JsonObject object(node, "a term", term_keys, findings_);
    if (!object) return;
    LogisticPropensity::Term term;
    term.coefficient = require_number(object, "coefficient", coefficient_range, findings_);
    term.missing = number_or(object, "missing", coefficient_range, 0, findings_);
    if (const auto tag = read_tag(object)) {
      term.tag = *tag;
      read_category(node, object, term);
    }
    terms.push_back(term);
  }

  std::optional<TagId> read_tag(JsonObject& object) {
    const auto name = object.require_string("tag");
    if (!name || !context_.text.schema) return std::nullopt;
    const Schema& schema = *context_.text.schema;
    if (const auto tag = schema.find(*name)) return tag;
    std::vector<std::string_view> names;
    for (const Tag& tag : schema.tags()) names.push_back(tag.name);
    context_.note(Errc::unknown_tag, object.find("tag")->range(), "unknown tag " + in_quotes(*name),
                  context_.meant(*name, names));
    return std::nullopt;
  }

  void read_category(JsonNode node, const JsonObject& object, LogisticPropensity::Term& term) {
    const Tag& tag = context_.text.schema->tag(term.tag);
    const bool wanted = tag.type == TagType::category || tag.type == TagType::category_set;
    const auto written = object.find("category");
    if (wanted && !written) {
      return context_.note(Errc::json_missing_key, {node.range().begin, node.range().begin + 1},
                           fmt::format("a term of the {} {} needs the key 'category'",
                                       name(tag.type), in_quotes(tag.name)));
    }
    if (!written) return;
    if (!wanted) {
      return context_.note(
          Errc::wrong_type, written->range(),
          fmt::format("{} is a {} and has no categories", in_quotes(tag.name), name(tag.type)));
    }
    const auto category = read_string(*written, "'category'", findings_);
    if (category) find_category(*written, *category, term);
  }

  void find_category(JsonNode node, std::string_view category, LogisticPropensity::Term& term) {
    const Schema& schema = *context_.text.schema;
    const Tag& tag = schema.tag(term.tag);
    if (const auto code = schema.find_category(term.tag, category)) {
      term.category = *code;
      return;
    }
    context_.note(
        Errc::unknown_category, node.range(),
        fmt::format("{} is not a category of {}", in_quotes(category), in_quotes(tag.name)),
        context_.meant(category, tag.values));
  }

  CatalogueContext& context_;
  std::vector<Diagnostic>& findings_;
  boost::unordered_flat_set<std::uint64_t> places_;
};

}  // namespace

void read_propensities(JsonNode node, CatalogueContext& context) {
  const JsonObject object(node, "'propensity'", propensity_keys, context.findings);
  const auto constants = object.find("constants");
  if (constants && expect_array(*constants, "'constants'", context.findings)) {
    PropensityReader reader(context);
    for (const JsonNode constant : constants->elements()) reader.read_constant(constant);
  }
  const auto logistic = object.find("logistic");
  if (logistic && expect_array(*logistic, "'logistic'", context.findings)) {
    PropensityReader reader(context);
    for (const JsonNode entry : logistic->elements()) reader.read_logistic(entry);
  }
}

}  // namespace muster
