#include "muster/policy/service_class.hpp"

#include <algorithm>

namespace muster {
namespace {

constexpr std::array<std::string_view, service_classes> class_names{
    "sales", "strategic", "incentive", "retention", "service", "sensitive"};
constexpr std::array<std::string_view, channel_kinds> kind_names{"own_shop", "partner_shop",
                                                                 "digital", "account_manager"};

template <class Enum, std::size_t count>
std::optional<Enum> find_in(const std::array<std::string_view, count>& names,
                            std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

constexpr std::uint8_t kind_bit(ChannelKind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

}  // namespace

std::string_view name(ServiceClass service_class) noexcept {
  return class_names[static_cast<std::size_t>(service_class)];
}

std::string_view name(ChannelKind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<ServiceClass> find_service_class(std::string_view name) noexcept {
  return find_in<ServiceClass>(class_names, name);
}

std::optional<ChannelKind> find_channel_kind(std::string_view name) noexcept {
  return find_in<ChannelKind>(kind_names, name);
}

ClassTable::ClassTable() noexcept {
  constexpr std::uint8_t own = kind_bit(ChannelKind::own_shop);
  constexpr std::uint8_t partner = kind_bit(ChannelKind::partner_shop);
  constexpr std::uint8_t digital = kind_bit(ChannelKind::digital);
  constexpr std::uint8_t manager = kind_bit(ChannelKind::account_manager);
  set(ServiceClass::sales, partner | digital);
  set(ServiceClass::strategic, own | manager);
  set(ServiceClass::incentive, own | digital);
  set(ServiceClass::retention, own | manager);
  set(ServiceClass::service, partner | digital);
  set(ServiceClass::sensitive, own);
}

}  // namespace muster
