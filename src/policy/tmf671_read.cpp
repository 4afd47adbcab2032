#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "core/json_values.hpp"
#include "core/suggest.hpp"
#include "muster/policy/tmf671.hpp"
#include "policy/policy_ranges.hpp"
#include "policy/tmf671_reader.hpp"
#include "policy/tmf671_words.hpp"
#include "policy/tmf_time.hpp"

namespace muster {
namespace tmf671 {
namespace {

// "href", "lastUpdate" and "attachment", of patterns "id", "name" and "description", are the
// standard's, and say nothing that a policy holds.
constexpr std::string_view standard_keys[] = {
    "id",   "href",          "description", "lastUpdate", "lifecycleStatus",
    "name", "promotionType", "attachment",  "pattern",    "validFor"};
constexpr std::string_view pattern_keys[] = {"id",
                                             "criteriaGroupLogicalRelationship",
                                             "description",
                                             "name",
                                             "priority",
                                             "action",
                                             "criteriaGroup",
                                             "validFor"};
constexpr std::string_view period_keys[] = {"startDateTime", "endDateTime"};
/// The basic types of the standard: all of them give money or goods away.
constexpr std::string_view giving_types[] = {"Award", "Discount", "Reduction"};

bool is_ours(JsonNode node) {
  const auto type = node.find("@type");
  return type && type->kind() == JsonKind::string && type->string() == muster_type;
}

std::vector<std::string_view> keys_of(JsonNode node) {
  std::vector<std::string_view> keys(std::begin(standard_keys), std::end(standard_keys));
  if (is_ours(node)) keys.insert(keys.end(), std::begin(extension_keys), std::end(extension_keys));
  return keys;
}

/// Reads one promotion.
class PromotionReader {
 public:
  PromotionReader(JsonNode node, Reading& reading)
      : reading_(reading),
        keys_(keys_of(node)),
        object_(open_object(node, "a promotion", keys_, reading)),
        ours_(is_ours(node)) {}

  Policy read() {
    if (!object_) return {};
    read_id();
    policy_.name = object_.require_string("name").value_or("");
    policy_.description = object_.string_or("description", "");
    read_status();
    read_type();
    if (const auto period = object_.find("validFor")) read_period(*period);
    if (const auto patterns = object_.require("pattern")) read_patterns(*patterns);
    if (ours_) read_extension(object_, policy_, reading_);
    return std::move(policy_);
  }

 private:
  void read_id() {
    const auto id = object_.require_string("id");
    if (!id) return;
    policy_.id = *id;
    const ByteRange range = object_.find("id")->range();
    if (id->empty()) {
      reading_.note(Errc::bad_setting, range, "a promotion's id is empty");
    } else if (!reading_.ids.insert(*id).second) {
      reading_.note(Errc::duplicate_name, range,
                    fmt::format("another promotion has the id {} already", in_quotes(*id)));
    }
  }

  void read_status() {
    policy_.state = PolicyState::draft;  // nothing is offered that nobody released
    const auto node = object_.find("lifecycleStatus");
    if (!node) return;
    const auto found = read_word(*node, "'lifecycleStatus'", statuses, reading_.findings);
    if (found) policy_.state = static_cast<PolicyState>(*found);
  }

  void read_type() {
    const auto node = object_.find("promotionType");
    if (!node) return;
    const auto classes = names_of<ServiceClass, service_classes>();
    std::vector<std::string_view> words(classes.begin(), classes.end());
    words.insert(words.end(), std::begin(giving_types), std::end(giving_types));
    const auto found = read_word(*node, "'promotionType'", words, reading_.findings);
    if (!found) return;
    award_ = words[*found] == giving_types[0];
    policy_.service_class =
        *found < service_classes ? static_cast<ServiceClass>(*found) : ServiceClass::incentive;
  }

  /// The later beginning and the earlier end of the promotion's and the pattern's.
  void read_period(JsonNode node) {
    const JsonObject period = open_object(node, "'validFor'", period_keys, reading_);
    Validity& valid = policy_.valid;
    if (const auto start = read_moment(period, "startDateTime")) {
      valid.from = std::max(valid.from, *start);
    }
    if (const auto end = read_moment(period, "endDateTime")) {
      valid.until = std::min(valid.until, *end);
    }
    if (valid.from >= valid.until) {
      reading_.note(Errc::bad_setting, node.range(), "the validity ends before it begins");
    }
  }

  std::optional<Moment> read_moment(const JsonObject& period, std::string_view key) {
    const auto node = period.find(key);
    const auto text = node ? read_string(*node, in_quotes(key), reading_.findings) : std::nullopt;
    if (!text) return std::nullopt;
    const auto moment = parse_date_time(*text);
    if (!moment) {
      reading_.note(Errc::bad_date, node->range(),
                    fmt::format("{} must be a moment (2026-11-01T00:00:00+08:00), not {}",
                                in_quotes(key), in_quotes(*text)));
    }
    return moment;
  }

  void read_patterns(JsonNode list) {
    if (!expect_entries(list, "'pattern'", reading_.findings)) return;
    if (list.size() > 1) {
      reading_.note(Errc::bad_setting, list.range(),
                    fmt::format("a policy has one pattern, this promotion {}", list.size()));
    } else {
      read_pattern(*list.elements().begin());
    }
  }

  void read_pattern(JsonNode node) {
    JsonObject pattern = open_object(node, "a pattern", pattern_keys, reading_);
    if (!pattern) return;
    policy_.tier =
        static_cast<std::int32_t>(number_or(pattern, "priority", tier_range, 1, reading_.findings));
    if (const auto period = pattern.find("validFor")) read_period(*period);
    const auto relation = read_relation(pattern, "criteriaGroupLogicalRelationship", reading_);
    if (const auto groups = pattern.require("criteriaGroup")) {
      read_criteria(*groups, relation, policy_, reading_);
    }
    if (const auto actions = pattern.require("action")) {
      read_actions(*actions, award_, policy_, reading_);
    }
  }

  Reading& reading_;
  std::vector<std::string_view> keys_;
  JsonObject object_;
  bool ours_ = false;
  bool award_ = false;
  Policy policy_;
};

Reading reading_for(std::span<const Channel> channels, const Limits& limits,
                    std::span<const Diagnostic> problems) {
  Reading reading{limits, channels, {}, {}, {problems.begin(), problems.end()}};
  for (std::size_t i = 0; i < channels.size(); ++i) {
    reading.channel_ids.emplace(channels[i].id, static_cast<ChannelId>(i));
  }
  return reading;
}

}  // namespace

void Reading::note(Errc code, ByteRange range, std::string message, std::string suggestion) {
  findings.push_back({Severity::error, code, range, std::move(message), std::move(suggestion)});
}

JsonObject open_object(JsonNode node, std::string_view what, std::span<const std::string_view> keys,
                       Reading& reading) {
  const std::size_t before = reading.findings.size();
  JsonObject object(node, what, keys, reading.findings);
  std::vector<std::size_t> anybodys;  // where such keys begin, ascending
  for (const JsonMember member : node.members()) {
    if (member.key.starts_with('@')) anybodys.push_back(member.key_range.begin);
  }
  const auto first = reading.findings.begin() + static_cast<std::ptrdiff_t>(before);
  reading.findings.erase(std::remove_if(first, reading.findings.end(),
                                        [&](const Diagnostic& unknown) {
                                          return std::binary_search(anybodys.begin(),
                                                                    anybodys.end(),
                                                                    unknown.range.begin);
                                        }),
                         reading.findings.end());
  return object;
}

}  // namespace tmf671

Result<std::vector<Policy>> from_tmf671(std::string_view json, std::span<const Channel> channels,
                                        const Limits& limits) {
  const auto document = JsonDocument::parse(json, limits.max_catalogue_bytes);
  if (!document) return document.error();
  const JsonNode root = document->root();
  auto reading = tmf671::reading_for(channels, limits, document->problems());
  std::vector<Policy> policies;
  if (root.kind() != JsonKind::array) {
    policies.push_back(tmf671::PromotionReader(root, reading).read());
  } else if (root.size() > limits.max_rules) {
    reading.note(
        Errc::limit, root.range(),
        fmt::format("{} promotions are more than max_rules ({})", root.size(), limits.max_rules));
  } else {
    for (const JsonNode promotion : root.elements()) {
      policies.push_back(tmf671::PromotionReader(promotion, reading).read());
    }
  }
  if (reading.findings.empty()) return policies;
  std::stable_sort(reading.findings.begin(), reading.findings.end(),
                   [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
  return to_error(std::move(reading.findings));
}

}  // namespace muster
