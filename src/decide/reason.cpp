#include "muster/decide/reason.hpp"

namespace muster {
namespace {

struct Words {
  std::string_view name, english, chinese;
};

constexpr Words words_of(Reason reason) noexcept {
  switch (reason) {
    case Reason::primary:
      return {"primary", "offered first", "主推"};
    case Reason::secondary:
      return {"secondary", "offered after the primary policies", "次推"};
    case Reason::not_in_segment:
      return {"not_in_segment", "the user is not in the policy's segment",
              "用户不在政策的目标客群内"};
    case Reason::not_eligible:
      return {"not_eligible", "the user may not have the policy", "用户不具备办理资格"};
    case Reason::not_applicable:
      return {"not_applicable", "the policy makes no sense for the user now",
              "政策目前不适用于该用户"};
    case Reason::not_suitable:
      return {"not_suitable", "the policy would not be good for the user", "政策不适合该用户"};
    case Reason::not_released:
      return {"not_released", "the policy is not released", "政策未发布"};
    case Reason::test_only:
      return {"test_only", "the policy is in test, and the user is not a test user",
              "政策处于测试中，用户不在测试名单内"};
    case Reason::not_yet_valid:
      return {"not_yet_valid", "the policy is not valid yet", "政策尚未生效"};
    case Reason::no_longer_valid:
      return {"no_longer_valid", "the policy is no longer valid", "政策已过期"};
    case Reason::quota_used_up:
      return {"quota_used_up", "the policy's quota is used up", "政策名额已用完"};
    case Reason::budget_used_up:
      return {"budget_used_up", "the policy's budget is used up", "政策预算已用完"};
    case Reason::channel_not_permitted:
      return {"channel_not_permitted", "the channel may not carry the policy",
              "渠道不允许承载该政策"};
    case Reason::channel_closed:
      return {"channel_closed", "the channel is closed now", "渠道当前不在营业时间"};
    case Reason::do_not_contact:
      return {"do_not_contact", "the user must not be contacted", "用户要求免打扰"};
    case Reason::quiet_hours:
      return {"quiet_hours", "it is a quiet hour", "当前为静默时段"};
    case Reason::contact_cap:
      return {"contact_cap", "the user was contacted as often as allowed", "接触次数已达上限"};
    case Reason::cool_down:
      return {"cool_down", "an earlier contact is cooling down", "处于接触冷却期"};
    case Reason::excluded:
      return {"excluded", "a better policy of an exclusion group is offered",
              "同一互斥组内已有更优政策"};
    case Reason::outranked:
      return {"outranked", "there are enough better policies", "已有足够多更优政策"};
  }
  return {"unknown_reason", "the reason is not known", "原因未知"};
}

}  // namespace

std::string_view name(Reason reason) noexcept { return words_of(reason).name; }

std::string_view describe(Reason reason, Language language) noexcept {
  const Words words = words_of(reason);
  return language == Language::chinese ? words.chinese : words.english;
}

std::string_view name(Step step) noexcept {
  switch (step) {
    case Step::match:
      return "match";
    case Step::live:
      return "live";
    case Step::permit:
      return "permit";
    case Step::contact:
      return "contact";
    case Step::arbitrate:
      return "arbitrate";
    case Step::offered:
      return "offered";
  }
  return "unknown_step";
}

}  // namespace muster
