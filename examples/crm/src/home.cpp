#include "frame.hpp"
#include "pages.hpp"

namespace crm {
namespace {

using namespace muster;

Result<Reply> list_customers(Office& office, const Visit&) {
  Html rows;
  std::string buffer;
  for (UserIndex user = 0; user < office.customers().size(); ++user) {
    const std::string_view customer = office.customers().key(user, buffer);
    rows += html(R"(<tr><td>{}</td><td><a href="/hotline/popup?user={}">弹屏</a></td></tr>)"
                 "\n",
                 customer, in_url(customer));
  }
  return show(html(R"(<h1>客户</h1><section><p>所有渠道共用一个台账：一处办结，处处停止打扰。</p>
<table><tr><th>号码</th><th>热线</th></tr>
{}</table></section>)",
                   rows));
}

/// Pages ask this every second, and are taken anew where it has changed.
Result<Reply> tell_sequence(Office& office, const Visit&) {
  const auto sequence = office.sequence();
  if (!sequence) return sequence.error();
  Reply reply;
  reply.document = std::to_string(*sequence);
  reply.type = "text/plain";
  return reply;
}

}  // namespace

void add_home(Pages& pages, Office& office) {
  pages["GET /"] = page(Audience::staff, office, list_customers);
  pages["GET /sequence"] = page(Audience::either, office, tell_sequence);
}

}  // namespace crm
