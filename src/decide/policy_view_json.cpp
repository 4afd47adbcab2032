// A view as JSON. Hashes are texts, as JSON's numbers do not hold them.

#include <fmt/format.h>

#include <utility>

#include "core/json_write.hpp"
#include "core/utf8.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {
namespace {

/// A text whose bytes come from anywhere: what is not UTF-8 becomes U+FFFD.
std::string as_utf8(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = decode_utf8(text, at).size;
    out += size == 0 ? "\xEF\xBF\xBD" : text.substr(at, size);
    at += size == 0 ? 1 : size;
  }
  return out;
}

class ViewWriter {
 public:
  explicit ViewWriter(const PolicyView& view) : view_(view), catalogue_(view.catalogue()) {}

  std::string run() {
    out_ += '{';
    text("catalogue", catalogue_.version());
    text("content_hash", fmt::format("{:016x}", catalogue_.content_hash()));
    text("decision", fmt::format("{:016x}", view_.decision_id()));
    text("user", as_utf8(view_.user()));
    text("at", to_string(view_.at()));
    flag("holdout", view_.holdout());
    flag("high_value", view_.high_value());
    list("offers", view_.offers().size(), [&](std::size_t i) { offer(i); });
    list("omissions", view_.omissions().size(),
         [&](std::size_t i) { omission(view_.omissions()[i]); });
    out_ += '}';
    return std::move(out_);
  }

 private:
  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }
  void text(std::string_view name, std::string_view value) {
    key(name);
    append_json_string(out_, value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    out_ += value ? "true" : "false";
  }
  /// In the shortest form that reads back as the same number.
  void number(std::string_view name, double value) {
    key(name);
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  template <class Item>
  void list(std::string_view name, std::size_t size, Item item) {
    key(name);
    out_ += '[';
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) out_ += ',';
      out_ += '{';
      item(i);
      out_ += '}';
    }
    out_ += ']';
  }

  void offer(std::size_t at) {
    const Offer& one = view_.offers()[at];
    text("policy", catalogue_.policies()[one.policy].id);
    flag("primary", one.primary);
    number("score", one.score);
    number("propensity", one.propensity);
    number("value", one.value);
    number("context", one.context);
    number("lever", one.lever);
    number("contact_cost", one.contact_cost);
    list("channels", one.channels.size(), [&](std::size_t i) {
      const RankedChannel& channel = one.channels[i];
      text("channel", catalogue_.channels()[channel.channel].id);
      flag("preferred", channel.preferred);
      number("propensity", channel.propensity);
      number("rank", channel.rank);
      text("script", view_.script(at, channel.channel));
    });
  }

  void omission(const Omission& one) {
    text("policy", catalogue_.policies()[one.policy].id);
    text("reason", name(one.reason));
  }

  const PolicyView& view_;
  const Catalogue& catalogue_;
  std::string out_;
};

}  // namespace

std::string PolicyView::to_json() const { return ViewWriter(*this).run(); }

}  // namespace muster
