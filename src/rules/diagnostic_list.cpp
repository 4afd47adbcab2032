#include "rules/diagnostic_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/diagnostics.hpp"

namespace muster {

void DiagnosticList::report(Errc code, ByteRange range, std::string message,
                            std::string suggestion) {
  list_.push_back({Severity::error, code, range, std::move(message), std::move(suggestion)});
}

std::vector<Diagnostic> DiagnosticList::take() {
  const auto place = [](const Diagnostic& d) { return std::pair(d.range.begin, d.range.end); };
  std::stable_sort(list_.begin(), list_.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  const auto same = [&](const Diagnostic& a, const Diagnostic& b) {
    return place(a) == place(b) && a.message == b.message;
  };
  list_.erase(std::unique(list_.begin(), list_.end(), same), list_.end());
  return std::exchange(list_, {});
}

std::string what_it_is(const Tag& tag) {
  const bool set = tag.type == TagType::category_set;
  return fmt::format("{} is a {}", in_quotes(tag.name), set ? "set of categories" : name(tag.type));
}

}  // namespace muster
