#pragma once

#include <cstddef>

namespace muster {

/// What untrusted input may ask for. Passing a limit is Errc::limit, and the message names it.
struct Limits {
  std::size_t max_rule_bytes = 1 << 20;     ///< length of one rule's text
  std::size_t max_rule_depth = 256;         ///< nesting of parentheses, NOT, AND and OR
  std::size_t max_rule_literals = 16'384;   ///< comparisons in one rule, segments spelt out
  std::size_t max_rules = 8'000'000;        ///< rules in one set
  std::size_t max_segments = 100'000;       ///< named rules in one catalogue
  std::size_t max_channels = 1'000;         ///< of one catalogue; above 65'535 it means 65'535
  std::size_t max_contact_rules = 1'000;    ///< of one catalogue
  std::size_t max_context_weights = 1'000;  ///< of one catalogue
  std::size_t max_shops = 1'000'000;        ///< of one directory
  std::size_t max_shop_links = 1'000'000;   ///< names in one of a directory's tables
  /// Segments compiled apart in one set, because several rules refer to them; one that is also
  /// negated may count twice, so this is enough for any max_segments there are by default. Above
  /// 262'144 it means 262'144.
  std::size_t max_shared_segments = 200'000;
  std::size_t max_rule_conjunctions = 64;  ///< a rule with more in normal form runs as a program
  std::size_t max_tags = 10'000;           ///< tags in one schema
  std::size_t max_categories = 65'000;     ///< dictionary entries of one tag
  std::size_t max_bits = 1 << 20;          ///< distinct tests of tags in one rule set
  std::size_t max_catalogue_bytes = 1u << 30;          ///< one catalogue file
  std::size_t max_cell_bytes = 1 << 20;                ///< one cell of a CSV file
  std::size_t max_users = 1u << 31;                    ///< users in one table
  std::size_t max_saved_bytes = std::size_t{1} << 40;  ///< one saved table or rule set
};

}  // namespace muster
