#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "html.hpp"
#include "muster/core/error.hpp"
#include "muster/core/moment.hpp"

namespace crm {

/// Who asks. Staff hold the program's token; customers a session that a link or sign-on gave them.
struct Visitor {
  bool staff = false;
  std::string customer;  ///< empty: none
};

/// A request that was let in, without what is HTTP about it.
struct Visit {
  Visitor visitor;
  muster::Moment now;
  std::string origin;  ///< of our own pages: "http://127.0.0.1:8080"
  std::string path;
  std::map<std::string, std::string, std::less<>> fields;  ///< of the query and of the form

  /// Empty where it was not sent.
  std::string_view field(std::string_view name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
  }
  /// 0, which no task or order has, where it is no number.
  std::uint64_t number(std::string_view name) const;
  /// The idempotency key that the form was given when its page was made: sent twice, by a double
  /// click or by a browser that saw no answer, a form has one effect.
  std::string_view key() const { return field("key"); }
};

/// What a page answers: what stands in the frame of our pages, a document of its own, or where to
/// go.
struct Reply {
  Html main;
  std::string document;
  const char* type = "text/html; charset=utf-8";  ///< of the document
  std::string go_on;     ///< after a form: reloading the page it leads to sends nothing again
  std::string customer;  ///< not empty: whose session begins
};

inline Reply show(Html main) {
  Reply reply;
  reply.main = std::move(main);
  return reply;
}
inline Reply go_on(std::string where) {
  Reply reply;
  reply.go_on = std::move(where);
  return reply;
}

enum class Audience : std::uint8_t {
  staff,
  customer,  ///< with a session
  either,
  link  ///< whoever holds a signed link: the page judges it
};

struct Page {
  Audience audience = Audience::staff;
  std::function<muster::Result<Reply>(const Visit&)> answer;
};

/// By method and path: "GET /shop".
using Pages = std::map<std::string, Page, std::less<>>;

/// A text as a part of a URL.
std::string in_url(std::string_view text);

}  // namespace crm
