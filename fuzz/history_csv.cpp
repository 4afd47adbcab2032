// Any bytes as CSV of contacts: read or refused with a reason; reading them again adds the same.
#include "muster/decide/history_csv.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "require.hpp"

namespace {

using muster::Contact;

std::vector<Contact> contacts_of(const muster::MemoryHistory& history, std::string_view user) {
  std::vector<Contact> out;
  const auto see = [](void* context, std::span<const Contact> contacts) {
    static_cast<std::vector<Contact>*>(context)->assign(contacts.begin(), contacts.end());
  };
  history.contacts(user, see, &out);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  muster::MemoryHistory first, second;
  const auto read = muster::read_history_csv(text, first);
  require(read || !read.error().message.empty(), "a refusal says why");
  require(muster::read_history_csv(text, second).has_value() == read.has_value(), "every time");
  for (const char* user : {"u", "v"}) {
    const auto contacts = contacts_of(first, user);
    require(contacts == contacts_of(second, user), "the same text gives the same contacts");
    for (const Contact& contact : contacts) {
      require(!contact.policy.empty() && !contact.channel.empty(), "each is of something");
    }
  }
  const muster::Taken taken = first.taken("A");
  require(taken.cost == taken.cost, "what was taken is a number");
  require(second.taken("A").acceptances == taken.acceptances, "and counted alike");
  return 0;
}
