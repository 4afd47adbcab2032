#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json_values.hpp"
#include "core/suggest.hpp"
#include "core/text_hash.hpp"
#include "policy/catalogue_reader.hpp"

namespace muster {

struct CatalogueContext;

/// The ids of a list's entries, by position.
class CatalogueIds {
 public:
  /// `noun` as in "a policy", without the article; `unknown` is for ids that are not there.
  CatalogueIds(std::string_view noun, Errc unknown) : noun_(noun), unknown_(unknown) {}

  /// The "id" of the next entry; notes where it is missing, empty or another's.
  std::string add(JsonObject& entry, CatalogueContext& context);
  /// Says that there are entries which could not be read, so that unknown ids are no errors.
  void set_incomplete() { complete_ = false; }

  /// The position of the entry that a reference names; notes where there is none.
  std::optional<std::uint32_t> find(JsonNode reference, CatalogueContext& context) const;

  std::string_view noun() const noexcept { return noun_; }

 private:
  std::string_view noun_;
  Errc unknown_;
  NameMap<std::uint32_t> positions_;
  std::vector<std::string_view> ids_;
  bool complete_ = true;
};

/// What the readers of a catalogue's parts share.
struct CatalogueContext {
  CatalogueContext(const Limits& some, std::span<const Diagnostic> problems)
      : limits(some), findings(problems.begin(), problems.end()) {}

  const Limits& limits;
  std::vector<Diagnostic> findings;
  CatalogueText text;
  std::vector<JsonNode> segment_rules;  ///< of text.segments
  std::vector<JsonNode> rules;          ///< further ones, to be checked with the segments known

  CatalogueIds channels{"channel", Errc::unknown_channel};
  CatalogueIds policies{"policy", Errc::unknown_policy};
  std::vector<bool> channel_sound;  ///< by position: kind and classes could be read
  bool table_sound = true;          ///< so could the class table
  SuggestionBudget suggestions;
  NameMap<TimeZone> zones;  ///< found already

  void note(Errc code, ByteRange range, std::string message, std::string suggestion = {});
  /// The name that was probably meant, while names may be looked at.
  template <class Names>
  std::string meant(std::string_view wrong, const Names& names) {
    return suggestions.spend(names.size()) ? suggest(wrong, names) : std::string();
  }
  void note_twice(JsonNode entry, std::string_view noun);
  /// Findings about a text, moved to where it stands in the file.
  void note_all(JsonNode text, std::span<const Diagnostic> about_text);
  void note_error(JsonNode text, const Error& error);

  /// Whether a list keeps to a limit; notes where not.
  bool within(JsonNode list, std::size_t most, std::string_view noun, std::string_view limit);

  /// A rule at that key: kept to be checked. Empty where it is not there or not a text.
  std::string rule(JsonObject& object, std::string_view key);
  std::string required_rule(JsonObject& object, std::string_view key);
  /// A script at that key, checked.
  std::string script(JsonObject& object, std::string_view key);
  void check_script(JsonNode node, std::string_view written, const Schema& schema);
  std::optional<TimeZone> zone(JsonNode node, std::string_view what);
};

/// Distinct values of a list that is not empty, in its order. `read` gives nothing where it has
/// noted an error.
template <class Value, class Read>
std::vector<Value> read_distinct(JsonNode list, std::string_view what, std::string_view noun,
                                 CatalogueContext& context, Read read) {
  std::vector<Value> values;
  if (!expect_entries(list, what, context.findings)) return values;
  boost::unordered_flat_set<Value> seen;
  for (const JsonNode entry : list.elements()) {
    const std::optional<Value> value = read(entry);
    if (!value) continue;
    if (seen.insert(*value).second) {
      values.push_back(*value);
    } else {
      context.note_twice(entry, noun);
    }
  }
  return values;
}

/// A set of words as bits.
std::uint8_t read_mask(JsonNode list, std::string_view what, std::string_view noun,
                       std::span<const std::string_view> words, CatalogueContext& context);
/// Bits of service classes; all where the key is not there.
std::uint8_t read_classes(const JsonObject& object, CatalogueContext& context);
/// "channels" of an object by position, ascending; none where the key is not there.
std::vector<ChannelId> read_channel_list(const JsonObject& object, CatalogueContext& context);
/// The same of "policies".
std::vector<PolicyId> read_policy_list(const JsonObject& object, CatalogueContext& context);
/// Distinct texts, none of them empty; the list may be.
std::vector<std::string> read_names(JsonNode list, std::string_view what, std::string_view noun,
                                    CatalogueContext& context);

}  // namespace muster
