#include "frame.hpp"
#include "pages.hpp"

namespace crm {
namespace {

using namespace muster;

Result<Reply> show_figures(Office& office, const Visit&) {
  auto page = office.monitor_page();
  if (!page) return page.error();
  Reply reply;
  reply.document = *std::move(page);
  return reply;
}

/// The library's page is whole: it stands in ours as it is.
Result<Reply> show_monitor(Office&, const Visit&) {
  return show(html(R"(<iframe src="/monitor/page" title="监控"></iframe>)"));
}

}  // namespace

void add_monitor(Pages& pages, Office& office) {
  pages["GET /monitor"] = page(Audience::staff, office, show_monitor);
  pages["GET /monitor/page"] = page(Audience::staff, office, show_figures);
}

}  // namespace crm
