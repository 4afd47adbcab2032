#pragma once

#include <optional>
#include <string>
#include <vector>

namespace muster::cli {

/// A rule from the command line or a file of rules.
struct ListedRule {
  std::size_t number;  ///< from 1: its position on the command line, or its line in the file
  std::size_t begin;   ///< its first byte in the file
  std::string text;
};

/// Rules to be run over a catalogue, and where they come from.
struct RuleList {
  std::vector<ListedRule> rules;
  std::string source;  ///< the file's text; empty for the command line
  std::string file;

  /// One rule a line; blank lines and lines that begin with # or -- are skipped. Nothing after
  /// saying that the file cannot be read.
  static std::optional<RuleList> read(const std::string& file);
  static RuleList of(const std::vector<std::string>& texts);
};

}  // namespace muster::cli
