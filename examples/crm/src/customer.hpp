#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html.hpp"
#include "office.hpp"

namespace crm {

// What several channels show of a customer, the same on each of them.

/// Everything that any channel has recorded, the last first, and above it what was taken and where.
muster::Result<Html> customer_file(Office& office, std::string_view customer);

/// What a channel may put before a customer now.
struct Card {
  muster::Task task;
  std::string policy;  ///< its name
  std::string script;  ///< empty where the view does not offer it, or not here
};
/// The customer's open tasks on a channel, in the words of the view of this moment. A card that is
/// no longer among them was settled elsewhere, or has expired: popups end of themselves.
muster::Result<std::vector<Card>> cards(Office& office, std::string_view customer,
                                        std::string_view channel, muster::Moment now);

Html script_text(std::string_view script);

}  // namespace crm
