#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

#include "evaluate/name_table.hpp"
#include "muster/evaluate/ledger_figures.hpp"

namespace muster {

/// Who was treated with a policy, who was held out, who was met, who accepted: see PolicyFigures.
class EffectTally {
 public:
  EffectTally();

  void treat(std::string_view user, std::string_view policy) { assign(user, policy, treated); }
  void hold_out(std::string_view user, std::string_view policy) { assign(user, policy, held_out); }
  void meet(std::string_view user, std::string_view policy) { note(user, policy, met); }
  void accept(std::string_view user, std::string_view policy) { note(user, policy, accepted); }

  std::vector<PolicyFigures> figures() const;

 private:
  /// What is known of a user and a policy.
  enum Flag : std::uint8_t { treated = 1, held_out = 2, met = 4, accepted = 8 };
  static constexpr std::uint32_t all_policies = 0;

  static std::uint64_t pair(std::uint32_t user, std::uint32_t policy) {
    return std::uint64_t{user} << 32 | policy;
  }
  void assign(std::string_view user, std::string_view policy, Flag group);
  void assign(std::uint32_t user, std::uint32_t policy, Flag group);
  void note(std::string_view user, std::string_view policy, Flag what);
  void note(std::uint32_t user, std::uint32_t policy, Flag what);

  NameTable users_;
  NameTable policies_;  // 0: all together
  boost::unordered_flat_map<std::uint64_t, std::uint8_t> pairs_;
  std::vector<PolicyFigures> figures_;  // by number; without names
};

}  // namespace muster
