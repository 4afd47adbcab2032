#include "frame.hpp"

#include "assets.hpp"
#include "secrets.hpp"

namespace crm {
namespace {

Html navigation(const Visitor& visitor) {
  if (!visitor.staff) return html("<strong>特惠专区</strong>");
  return html(R"(<strong>Muster CRM</strong> <a href="/">客户</a> <a href="/outbound">外呼</a>
<a href="/hotline">热线</a> <a href="/shop">门店</a> <a href="/zone">特惠专区</a>
<a href="/monitor">监控</a>)");
}

}  // namespace

Html framed(const Visitor& visitor, const Html& main, std::string_view nonce) {
  return html(R"(<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>Muster CRM</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style nonce="{}">{}</style></head>
<body><nav>{}</nav><main>{}</main><script nonce="{}">{}</script></body></html>
)",
              nonce, html(page_style), navigation(visitor), main, nonce, html(page_script));
}

Html refusal_text(const Refusal& refusal) {
  return html(R"(<section class="refused still"><h1>{}</h1><p>{}</p></section>)", refusal.title,
              refusal.text);
}

Html form(std::string_view action, const Html& fields, std::string_view button) {
  return html(R"(<form method="post" action="{}">{}{}<button>{}</button></form>)", action,
              hidden("key", random_text()), fields, button);
}

Html hidden(std::string_view name, std::string_view value) {
  return html(R"(<input type="hidden" name="{}" value="{}">)", name, value);
}

Html hidden(std::string_view name, std::uint64_t value) {
  return hidden(name, std::to_string(value));
}

Html text_field(std::string_view name, std::string_view label) {
  return html(R"(<label>{} <input name="{}" maxlength="200" autocomplete="off"></label>)", label,
              name);
}

Html option(std::string_view value, std::string_view label) {
  return html(R"(<option value="{}">{}</option>)", value, label);
}

Html choice(std::string_view name, std::string_view label, const Html& options) {
  return html(R"(<label>{} <select name="{}">{}</select></label>)", label, name, options);
}

}  // namespace crm
