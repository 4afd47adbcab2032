#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "draft.hpp"
#include "muster/decide/contact_history.hpp"

namespace muster::testing {

/// splitmix64
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((z ^ z >> 31) % n);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class List>
  auto pick(const List& list) -> decltype(list[0]) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

/// Policies of a large draft: more than fit into a word of marks, as its groups are.
inline constexpr std::size_t large_draft = 150;
/// A catalogue that uses every setting now and then, a large one now and then; numbers are such
/// that sums of them are exact.
Draft random_draft(Dice& dice);
/// The same with policies in another order.
Draft shuffled(Draft draft, Dice& dice);

User random_user(const Schema& schema, Dice& dice);
/// "u0" to "u9".
std::string random_key(Dice& dice);

/// Within some weeks of changes of the clocks.
Moment near_middle(Dice& dice);
/// The same, often to the second of a midnight or a full hour.
Moment random_moment(Dice& dice, const TimeZone& zone);

/// A history that shows the same contacts for everybody. One thread at a time.
class FixedHistory final : public ContactHistory {
 public:
  std::vector<Contact> all;
  bool numbered = false;  ///< shows them by numbers
  std::map<std::string, Taken> taken_of;
  void contacts(std::string_view, See see, void* context) const noexcept override {
    see(context, all);
  }
  bool numbered_contacts(std::string_view, SeeNumbered see, void* context) const noexcept override;
  Taken taken(std::string_view policy) const noexcept override;
};
FixedHistory random_history(const Draft& draft, Moment now, Dice& dice);

}  // namespace muster::testing
