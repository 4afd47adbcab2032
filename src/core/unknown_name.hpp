#pragma once

#include <string>
#include <string_view>

#include "core/diagnostics.hpp"
#include "core/suggest.hpp"

namespace muster {

/// Of many names only the first are looked at for what was meant: some milliseconds at most.
inline constexpr std::size_t names_looked_at = 10'000;

/// "the catalogue has no channel 'shpo'; did you mean 'shop'?": `what` begins it, name_of(one) is
/// the name of each of `all`.
template <class All, class NameOf>
std::string unknown_name(std::string_view what, std::string_view wrong, const All& all,
                         NameOf name_of) {
  Suggestion meant(wrong);
  std::size_t left = names_looked_at;
  for (const auto& one : all) {
    if (left-- == 0) break;
    meant.offer(name_of(one));
  }
  return full_message(
      {Severity::error, {}, {}, std::string(what) + ' ' + in_quotes(wrong), meant.best()});
}

}  // namespace muster
