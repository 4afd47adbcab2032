#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "muster/tags/struct_field.hpp"
#include "muster/tags/struct_value.hpp"

/// How an embedder's struct is read through its fields. Part of struct_schema.hpp.
namespace muster {

namespace detail {

template <class Struct>
struct StructReader {
  using Read = Cell (*)(const void* getter, const Struct&, const Site&, Scratch&);
  using Check = Result<void> (*)(const void* getter, const Struct&, const Site&);
  Read read;
  Check check;
  std::shared_ptr<const void> getter;
  Site site;
};

template <class Struct>
struct StructBody;
/// Writes every boolean tag to its position: 0, 1, or 2 for NULL.
template <class Struct>
using ReadBooleans = void (*)(const StructBody<Struct>&, const Struct&, std::uint8_t* out);

template <class Struct>
struct StructBody {
  std::optional<Schema> schema;
  std::vector<StructReader<Struct>> readers;  // by tag
  ReadBooleans<Struct> read_booleans = nullptr;
  std::function<std::string_view(const Struct&, std::string&)> key;
};

template <class Value>
std::uint8_t boolean_of(const Value& value) {
  if constexpr (OptionalOf<Value>::optional) {
    return value ? boolean_of(*value) : std::uint8_t{2};
  } else {
    return value ? 1 : 0;
  }
}

/// Reads the tag numbered `tag`, if it is a boolean, and moves on to the next.
template <class Struct, class Getter, bool HasValues>
void read_boolean(std::type_identity<Field<Getter, HasValues>>, const StructBody<Struct>& body,
                  const Struct& user, std::size_t& tag, std::uint8_t* out) {
  if constexpr (std::is_invocable_v<const Getter&, const Struct&>) {
    using Given = std::remove_cvref_t<std::invoke_result_t<const Getter&, const Struct&>>;
    if constexpr (std::is_same_v<typename OptionalOf<Given>::Value, bool>) {
      const void* getter = body.readers[tag].getter.get();
      out[tag] = boolean_of<Given>(std::invoke(*static_cast<const Getter*>(getter), user));
    }
  }
  ++tag;
}
template <class Struct>
void read_boolean(std::type_identity<DerivedField>, const StructBody<Struct>&, const Struct&,
                  std::size_t& tag, std::uint8_t*) {
  ++tag;
}
template <class Struct, class Getter>
void read_boolean(std::type_identity<KeyField<Getter>>, const StructBody<Struct>&, const Struct&,
                  std::size_t&, std::uint8_t*) {}

/// One function for all fields of a struct, so that compilers read the booleans in one go.
template <class Struct, class... Fields>
void read_booleans(const StructBody<Struct>& body, const Struct& user, std::uint8_t* out) {
  std::size_t tag = 0;
  (read_boolean(std::type_identity<Fields>(), body, user, tag, out), ...);
}

}  // namespace detail

/// One struct's values as tags, read when asked for, without copying or allocating (sets: into
/// a buffer that is reused). Borrows the StructSchema's body and the struct. Moving on to the
/// next user with `reset` keeps the buffer. Used by one thread at a time.
template <class Struct>
class StructView final : public UserView {
 public:
  StructView(const detail::StructBody<Struct>& body, const Struct& user)
      : body_(&body), user_(&user) {}

  void reset(const Struct& user) noexcept { user_ = &user; }

  /// O(1), or O(n log n) for a set of n. NULL where the value can not be used.
  Cell cell(TagId tag) const override {
    const auto& reader = body_->readers[static_cast<std::size_t>(tag)];
    return reader.read(reader.getter.get(), *user_, reader.site, scratch_);
  }

  bool booleans(std::span<std::uint8_t> out) const override {
    body_->read_booleans(*body_, *user_, out.data());
    return true;
  }

  /// Values read so far that could not be used: categories that are not in the dictionary and
  /// days outside the calendar. Grows from user to user.
  std::uint64_t unusable() const noexcept { return scratch_.unusable; }

 private:
  const detail::StructBody<Struct>* body_;
  const Struct* user_;
  mutable detail::Scratch scratch_;
};

}  // namespace muster
