#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "muster/core/export.hpp"

namespace muster {

/// What kind of business a policy is, by value and risk: it decides who may carry the policy.
enum class ServiceClass : std::uint8_t {
  sales,      ///< anybody may sell it
  strategic,  ///< of strategic weight: own staff only
  incentive,  ///< gives money or goods away
  retention,  ///< keeps people who are about to leave
  service,    ///< help, not an offer
  sensitive   ///< needs care, face to face
};
inline constexpr std::size_t service_classes = 6;

/// Who stands behind a channel.
enum class ChannelKind : std::uint8_t { own_shop, partner_shop, digital, account_manager };
inline constexpr std::size_t channel_kinds = 4;

/// The names in this header, as catalogues use them: "sales", "own_shop".
MUSTER_EXPORT std::string_view name(ServiceClass service_class) noexcept;
MUSTER_EXPORT std::string_view name(ChannelKind kind) noexcept;
MUSTER_EXPORT std::optional<ServiceClass> find_service_class(std::string_view name) noexcept;
MUSTER_EXPORT std::optional<ChannelKind> find_channel_kind(std::string_view name) noexcept;

/// Which kinds of channels may carry which class.
class MUSTER_EXPORT ClassTable {
 public:
  /// What the field does: sales and service at partner shops and on digital channels; strategic
  /// and retention at own shops and with account managers; incentive at own shops and on digital
  /// channels; sensitive at own shops only.
  ClassTable() noexcept;

  bool may_carry(ChannelKind kind, ServiceClass service_class) const noexcept {
    return (kinds_[static_cast<std::size_t>(service_class)] >> static_cast<unsigned>(kind) & 1) !=
           0;
  }
  /// Replaces what a class may be carried by; bit k stands for ChannelKind k.
  void set(ServiceClass service_class, std::uint8_t kinds) noexcept {
    kinds_[static_cast<std::size_t>(service_class)] = kinds;
  }

 private:
  std::array<std::uint8_t, service_classes> kinds_;
};

}  // namespace muster
