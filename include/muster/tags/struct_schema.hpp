#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "muster/tags/struct_field.hpp"
#include "muster/tags/struct_view.hpp"

/// Binds an embedder's own struct, so that its users are read where they lie:
///
///     auto subscribers = schema<Subscriber>(
///         key("id", &Subscriber::id),
///         field("plan_fee", &Subscriber::plan_fee),
///         field("terminal", &Subscriber::terminal, values({"iPhone", "Huawei"})),
///         field("used_gb", &Subscriber::used_gb).nullable(),
///         field("is_young", [](const Subscriber& s) { return s.age < 26; }),
///         derived("data_ratio", "used_gb / plan_gb"));
///     if (!subscribers) return report(subscribers.error());
///     encoder.encode(subscribers->view(subscriber), today, bits);
///
/// A member, a getter or a function of the struct gives the value, and its type the tag's type:
///  - bool: a boolean;
///  - integers to 64 bits, float, double: a number (NaN is NULL; unsigned numbers past 2^63 are
///    rounded to double);
///  - Date, std::chrono::sys_days, std::chrono::year_month_day: a date;
///  - texts (std::string, std::string_view, const char*, char[N]): a category. Empty is NULL;
///  - enums: a category; an enumerator's value is its position among the `values`;
///  - containers of texts or enums: a set of categories;
///  - std::optional of these: the same, nullable.
/// Anything else is refused when it is compiled.
namespace muster {

/// A struct type bound to a schema. Immutable, thread-safe, cheap to copy; it must outlive its
/// views.
template <class Struct>
class StructSchema {
 public:
  const Schema& schema() const noexcept { return *body_->schema; }
  StructView<Struct> view(const Struct& user) const { return {*body_, user}; }
  StructView<Struct> view(Struct&&) const = delete;

  /// Whether every tag of `user` has a value that its tag can have. Fails with unknown_category,
  /// missing_value or bad_date, naming the first tag that has none. Costs one read of each tag.
  Result<void> check(const Struct& user) const {
    for (const auto& reader : body_->readers) {
      if (Result<void> checked = reader.check(reader.getter.get(), user, reader.site); !checked) {
        return checked;
      }
    }
    return {};
  }

  /// The user's key; empty if the schema has none. Borrows `user` or `buffer`.
  std::string_view key(const Struct& user, std::string& buffer) const {
    return body_->key ? body_->key(user, buffer) : std::string_view();
  }

 private:
  template <class S>
  friend class StructBinder;
  explicit StructSchema(std::shared_ptr<const detail::StructBody<Struct>> body)
      : body_(std::move(body)) {}
  std::shared_ptr<const detail::StructBody<Struct>> body_;
};

/// Collects the fields of schema().
template <class Struct>
class StructBinder {
 public:
  template <class Getter, bool HasValues>
  void add(Field<Getter, HasValues> field) {
    static_assert(std::is_invocable_v<const Getter&, const Struct&>,
                  "muster: this field can not be read from the struct that schema<> names");
    if constexpr (std::is_invocable_v<const Getter&, const Struct&>) {
      using Given = std::remove_cvref_t<std::invoke_result_t<const Getter&, const Struct&>>;
      using Value = typename detail::OptionalOf<Given>::Value;
      if constexpr (check_type<Value, HasValues>()) add_field<Value>(std::move(field));
    }
  }

  void add(DerivedField field) {
    tags_.push_back(std::move(field.tag_));
    body_->readers.push_back(
        {[](const void*, const Struct&, const detail::Site&, detail::Scratch&) { return Cell(); },
         [](const void*, const Struct&, const detail::Site&) { return Result<void>(); },
         nullptr,
         {}});
  }

  template <class Getter>
  void add(KeyField<Getter> key) {
    using Value = std::remove_cvref_t<std::invoke_result_t<const Getter&, const Struct&>>;
    static_assert(
        std::is_integral_v<Value> || std::is_convertible_v<const Value&, std::string_view>,
        "muster: a key is a text or an integer");
    key_ = std::move(key.name);
    body_->key = [get = std::move(key.getter)](const Struct& user, std::string& buffer) {
      return read_key(get, user, buffer);
    };
  }

  Result<StructSchema<Struct>> finish(detail::ReadBooleans<Struct> read_booleans,
                                      const Limits& limits) {
    body_->read_booleans = read_booleans;
    Result<Schema> schema = Schema::make(std::move(tags_), std::move(key_), limits);
    if (!schema) return std::move(schema).error();
    body_->schema = *schema;
    for (std::size_t i = 0; i < body_->readers.size(); ++i) {
      body_->readers[i].site.schema = &*body_->schema;
      body_->readers[i].site.tag = static_cast<TagId>(i);
    }
    return StructSchema<Struct>(std::move(body_));
  }

 private:
  template <class Value, bool HasValues>
  static consteval bool check_type() {
    constexpr detail::Shape shape = detail::shape_of<Value>();
    constexpr bool categorical = shape == detail::Shape::text || shape == detail::Shape::set ||
                                 shape == detail::Shape::enumeration;
    static_assert(shape != detail::Shape::none,
                  "muster: a tag can not be of this field's type; it takes bool, integers to 64 "
                  "bits, float, double, Date, sys_days, year_month_day, texts, enums, containers "
                  "of texts or enums, and std::optional of these");
    static_assert(shape == detail::Shape::none || !categorical || HasValues,
                  "muster: this field is a category or a set of them and needs its values({...})");
    static_assert(shape == detail::Shape::none || categorical || !HasValues,
                  "muster: only texts, enums and containers of them have values({...})");
    return shape != detail::Shape::none && categorical == HasValues;
  }

  template <class Value, class Getter, bool HasValues>
  void add_field(Field<Getter, HasValues> field) {
    using Given = std::remove_cvref_t<std::invoke_result_t<const Getter&, const Struct&>>;
    field.tag_.type = detail::tag_type(detail::shape_of<Value>());
    field.tag_.nullable |= detail::OptionalOf<Given>::optional ||
                           (field.unknown_as_null_ && field.tag_.type == TagType::category);
    tags_.push_back(std::move(field.tag_));
    body_->readers.push_back({&read<Getter>,
                              &check<Getter>,
                              std::make_shared<Getter>(std::move(field.getter_)),
                              {nullptr, {}, field.unknown_as_null_}});
  }

  template <class Getter>
  static Cell read(const void* getter, const Struct& user, const detail::Site& site,
                   detail::Scratch& scratch) {
    auto&& given = std::invoke(*static_cast<const Getter*>(getter), user);
    if constexpr (detail::OptionalOf<std::remove_cvref_t<decltype(given)>>::optional) {
      return given ? detail::read_value(*given, site, scratch) : Cell();
    } else {
      return detail::read_value(given, site, scratch);
    }
  }

  template <class Getter>
  static Result<void> check(const void* getter, const Struct& user, const detail::Site& site) {
    auto&& given = std::invoke(*static_cast<const Getter*>(getter), user);
    if constexpr (detail::OptionalOf<std::remove_cvref_t<decltype(given)>>::optional) {
      return given ? detail::check_value(*given, site) : Result<void>();
    } else {
      return detail::check_value(given, site);
    }
  }

  template <class Getter>
  static std::string_view read_key(const Getter& getter, const Struct& user, std::string& buffer) {
    auto&& given = std::invoke(getter, user);
    using Value = std::remove_cvref_t<decltype(given)>;
    if constexpr (std::is_integral_v<Value>) {
      buffer = std::to_string(given);
      return buffer;
    } else if constexpr (std::is_lvalue_reference_v<
                             std::invoke_result_t<const Getter&, const Struct&>>) {
      return detail::text_of(given);
    } else {
      buffer = detail::text_of(given);
      return buffer;
    }
  }

  std::shared_ptr<detail::StructBody<Struct>> body_ =
      std::make_shared<detail::StructBody<Struct>>();
  std::vector<Tag> tags_;
  std::string key_;
};

/// Binds `Struct` by field(), derived() and at most one key(), tags in that order. Fails where
/// Schema::make does.
template <class Struct, class... Fields>
Result<StructSchema<Struct>> schema(const Limits& limits, Fields... fields) {
  StructBinder<Struct> binder;
  (binder.add(std::move(fields)), ...);
  return binder.finish(&detail::read_booleans<Struct, Fields...>, limits);
}
template <class Struct, class... Fields>
Result<StructSchema<Struct>> schema(Fields... fields) {
  return schema<Struct>(Limits{}, std::move(fields)...);
}

}  // namespace muster
