#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/checksum.hpp"
#include "muster/engage/ledger.hpp"

namespace muster {

/// What is wrong with a command's arguments, looked for before the ledger is asked. Every text must
/// be UTF-8 without NUL: PostgreSQL takes no other.
class CommandCheck {
 public:
  explicit CommandCheck(const Command& command);
  /// Of a call that is no command.
  CommandCheck() = default;
  /// An id, or empty where that is allowed.
  CommandCheck& id(const char* what, std::string_view value, bool may_be_empty = false);
  CommandCheck& text(std::string_view value);
  /// What is looked for, which may be anything that a ledger might hold.
  CommandCheck& wanted(const char* what, std::string_view value);
  CommandCheck& run(std::size_t most);
  /// One of an enum's values, which are 0 to count − 1.
  template <class Enum>
  CommandCheck& one_of(const char* what, Enum value, std::size_t count) {
    number(what, static_cast<std::size_t>(value), count);
    return *this;
  }
  const Result<void>& result() const noexcept { return result_; }

 private:
  void check(const char* what, std::string_view value, std::size_t most, bool may_be_empty,
             const char* limit);
  void number(const char* what, std::size_t value, std::size_t count);
  Result<void> result_;
};

/// A hash of what a command asks for, by which it is known when it comes again.
class ContentHash {
 public:
  explicit ContentHash(std::string_view command) { add(command); }
  ContentHash& add(std::string_view text) {
    add(text.size());
    bytes_ += text;
    return *this;
  }
  ContentHash& add(std::uint64_t number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    return *this;
  }
  std::uint64_t value() const noexcept { return checksum(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace muster
