#include "words.hpp"

#include <array>

#include "muster/core/date.hpp"

namespace crm {
namespace {

using namespace muster;

constexpr std::array<std::string_view, task_states> state_words{
    "待处理", "已派发", "已接触", "有意向", "已转办",
    "已办理", "已拒绝", "未接通", "已过期", "已取消"};
constexpr std::array<std::string_view, event_kinds> kind_words{
    "决策", "任务", "接触", "答复", "派发", "到期", "归户", "转办", "沟通单", "链接", "备注"};
constexpr std::array<std::string_view, outcomes> outcome_words{"",     "接受",   "拒绝",
                                                               "改约", "未接通", "过期"};
constexpr std::array<std::string_view, shared_fields> field_words{"", "办理意向", "推荐", "轨迹",
                                                                  "订单"};

std::string two_digits(std::int32_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::string_view word(TaskState state) { return state_words[static_cast<std::size_t>(state)]; }
std::string_view word(EventKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::string_view word(Outcome outcome) { return outcome_words[static_cast<std::size_t>(outcome)]; }
std::string_view word(SharedField field) { return field_words[static_cast<std::size_t>(field)]; }

std::string policy_name(const Catalogue& catalogue, std::string_view id) {
  const std::size_t at = catalogue.find(id);
  return at < catalogue.policies().size() ? catalogue.policies()[at].name : std::string(id);
}

std::string channel_name(const Catalogue& catalogue, std::string_view id) {
  const std::size_t at = catalogue.find_channel(id);
  return at < catalogue.channels().size() ? catalogue.channels()[at].name : std::string(id);
}

std::string clock_text(Moment moment, const TimeZone& zone) {
  const LocalTime local = zone.local(moment);
  const std::int32_t minutes = local.second / 60;
  // "2026-01-05" without its year: timelines here are short.
  return to_string(local.day).substr(5) + ' ' + two_digits(minutes / 60) + ':' +
         two_digits(minutes % 60);
}

}  // namespace crm
