#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace crm {

/// Text that is HTML already. Everything else that goes into a page is escaped on its way, so a
/// customer's words can not become markup: there is no other way to make an Html.
class Html {
 public:
  Html() = default;
  const std::string& text() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }
  Html& operator+=(const Html& more) {
    text_ += more.text_;
    return *this;
  }

 private:
  friend Html fill(std::string_view form, std::initializer_list<Html> parts);
  friend Html escaped(std::string_view text);
  std::string text_;
};

Html escaped(std::string_view text);
/// `form` with a part in place of each "{}". REQUIRES: as many parts as places.
Html fill(std::string_view form, std::initializer_list<Html> parts);

inline Html part(const Html& html) { return html; }
inline Html part(std::string_view text) { return escaped(text); }
template <std::unsigned_integral Number>
Html part(Number number) {
  return escaped(std::to_string(number));
}

/// What is a program's own text, so a literal.
class Pattern {
 public:
  template <std::size_t size>
  consteval Pattern(const char (&text)[size]) : text_(text, size - 1) {}
  std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// html("<td>{}</td>", user): the form is a literal, each part is escaped unless it is Html.
template <class... Parts>
Html html(Pattern form, const Parts&... parts) {
  return fill(form.text(), {part(parts)...});
}

}  // namespace crm
