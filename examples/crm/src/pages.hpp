#pragma once

#include "office.hpp"
#include "visit.hpp"

namespace crm {

using Answer = muster::Result<Reply> (*)(Office& office, const Visit& visit);

inline Page page(Audience audience, Office& office, Answer answer) {
  return {audience, [&office, answer](const Visit& visit) { return answer(office, visit); }};
}

// Each channel's pages and what its forms do, one file a channel. The office outlives the pages.
void add_home(Pages& pages, Office& office);      ///< customers, and how far the ledger has come
void add_outbound(Pages& pages, Office& office);  ///< 外呼: the call list
void add_hotline(Pages& pages, Office& office);   ///< 热线: the popup, links to the zone
void add_counter(Pages& pages, Office& office);   ///< 门店: work orders, whoever walks in
void add_zone(Pages& pages, Office& office);      ///< 特惠专区: what customers see themselves
void add_monitor(Pages& pages, Office& office);   ///< 监控

}  // namespace crm
