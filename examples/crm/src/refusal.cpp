#include "refusal.hpp"

namespace crm {
namespace {

using muster::Errc;

struct Kind {
  Errc code;
  int status;
  const char* title;
};

constexpr Kind kinds[] = {
    {Errc::already_settled, 409, "已在别处办理"},
    {Errc::illegal_move, 409, "现在不能这样做"},
    {Errc::illegal_step, 409, "现在不能这样做"},
    {Errc::key_reused, 409, "此表单已提交过"},
    {Errc::used_up, 409, "名额已用完"},
    {Errc::channel_closed, 409, "不在服务时段"},
    {Errc::no_shop, 409, "没有可接单的门店"},
    {Errc::unknown_user, 404, "没有此客户"},
    {Errc::unknown_task, 404, "没有此任务"},
    {Errc::unknown_policy, 404, "没有此政策"},
    {Errc::unknown_shop, 404, "没有此门店"},
    {Errc::unknown_work_order, 404, "没有此工单"},
    {Errc::link_used, 403, "链接已使用"},
    {Errc::link_expired, 403, "链接已过期"},
    {Errc::link_forged, 403, "链接无效"},
    {Errc::link_malformed, 403, "链接无效"},
    {Errc::link_unknown_key, 403, "链接无效"},
    {Errc::unsupported_version, 403, "链接无效"},
    {Errc::link_unknown, 403, "链接无效"},
    {Errc::invalid_argument, 400, "不能办理"},
    {Errc::limit, 400, "内容过长"},
    {Errc::ledger_busy, 503, "系统繁忙，请重试"},
    {Errc::ledger_gone, 503, "系统繁忙，请重试"},
};

}  // namespace

Refusal refusal_of(const muster::Error& error) {
  for (const Kind& kind : kinds) {
    if (kind.code == error.code) return {kind.status, kind.title, error.message};
  }
  return {500, "出错了", error.message};
}

}  // namespace crm
