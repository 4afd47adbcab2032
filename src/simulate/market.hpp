#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "muster/policy/catalogue.hpp"
#include "muster/tags/user_table.hpp"
#include "simulate/calendar.hpp"

namespace muster::simulate {

inline constexpr std::uint64_t max_people = 100'000;
inline constexpr int max_weeks = 52;
inline constexpr std::uint64_t max_customer_base = 2'000'000'000;

struct MarketSize {
  std::uint64_t people = 2'000;  ///< 1 to max_people
  int weeks = 4;                 ///< 1 to max_weeks
  std::uint64_t seed = 1;
  /// How many customers the catalogue's daily capacities are for; they shrink with the market.
  std::uint64_t customer_base = 100'000;  ///< 1 to max_customer_base
};

using Person = std::uint32_t;

/// How a channel talks with people, by what its catalogue says of it.
enum class Manner : std::uint8_t { message, call, manager, page, hotline, counter };
inline constexpr std::size_t manners = 6;
/// A contact that costs less than this has nobody at the other end.
inline constexpr double cost_of_a_voice = 1;
Manner manner_of(const Channel& channel);

/// The customers, what is offered, by whom and when: all that a way of working may know.
/// Immutable.
class Market {
 public:
  /// Fails as generate::Population does where the catalogue's tags are not a subscriber's, as
  /// Engine::deploy does, and with invalid_argument where the schema has no key or nobody sells.
  static Result<Market> make(const Catalogue& catalogue, const MarketSize& size);

  const Catalogue& catalogue() const { return catalogue_; }
  const UserTable& table() const { return table_; }
  const MarketSize& size() const { return size_; }
  const Calendar& calendar() const { return calendar_; }
  Person people() const { return static_cast<Person>(size_.people); }
  const std::string& key(Person person) const { return keys_[person]; }
  Person find(std::string_view key) const;

  bool in_segment(Person person, PolicyId policy, int day) const {
    return fact(person, day, policy);
  }
  /// The whole rule, while the policy is offered to everybody.
  bool meant_for(Person person, PolicyId policy, int day) const;
  bool prefers(Person person, ChannelId channel) const;
  /// Do-not-contact rules.
  bool left_in_peace(Person person, ChannelId channel) const;
  bool held_out(Person person) const { return held_out_[person]; }

  /// Released, listed for the channel, and of a class that it carries.
  bool may_carry(ChannelId channel, PolicyId policy) const;
  bool on_sale(PolicyId policy, int day) const;
  /// Contacts a day of a channel in a market of this size; at least one.
  std::uint64_t capacity(ChannelId channel) const;
  /// A number tag's value, `otherwise` where there is none.
  std::int64_t number(Person person, std::string_view tag, std::int64_t otherwise) const;
  /// A category tag's value, empty where there is none.
  std::string_view category(Person person, std::string_view tag) const;

 private:
  Market(const Catalogue& catalogue, UserTable table, const MarketSize& size);
  Result<RuleSet> compile();
  Result<void> find_facts();
  Result<void> find_held_out();
  bool fact(Person person, int day, std::size_t rule) const;

  Catalogue catalogue_;
  UserTable table_;
  MarketSize size_;
  Calendar calendar_;
  std::vector<std::string> keys_;
  std::vector<bool> held_out_;
  std::vector<std::optional<RuleId>> liking_;  // by channel
  std::vector<std::optional<RuleId>> peace_;   // by contact rule
  std::size_t words_ = 0;
  std::vector<std::uint64_t> facts_;  // by day, person, rule: segments, whole rules, others
};

}  // namespace muster::simulate
