#include "cli/rule_list.hpp"

#include <algorithm>
#include <string_view>

#include "cli/inputs.hpp"

namespace muster::cli {
namespace {

bool is_rule(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return false;
  line.remove_prefix(first);
  return !line.starts_with('#') && !line.starts_with("--");
}

}  // namespace

std::optional<RuleList> RuleList::read(const std::string& file) {
  auto text = read_text(file);
  if (!text) return std::nullopt;
  RuleList list{{}, std::move(*text), file};
  std::string_view rest = list.source;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_rule(line)) {
      const auto begin = static_cast<std::size_t>(line.data() - list.source.data());
      list.rules.push_back({number, begin, std::string(line)});
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return list;
}

RuleList RuleList::of(const std::vector<std::string>& texts) {
  RuleList list;
  for (const std::string& text : texts) list.rules.push_back({list.rules.size() + 1, 0, text});
  return list;
}

}  // namespace muster::cli
