#include "html.hpp"

namespace crm {

Html escaped(std::string_view text) {
  Html out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out.text_ += "&amp;";
        break;
      case '<':
        out.text_ += "&lt;";
        break;
      case '>':
        out.text_ += "&gt;";
        break;
      case '"':
        out.text_ += "&quot;";
        break;
      case '\'':
        out.text_ += "&#39;";
        break;
      default:
        out.text_ += c;
    }
  }
  return out;
}

Html fill(std::string_view form, std::initializer_list<Html> parts) {
  Html out;
  for (const Html& part : parts) {
    const std::size_t place = form.find("{}");
    out.text_ += form.substr(0, place);
    out.text_ += part.text_;
    form.remove_prefix(place + 2);
  }
  out.text_ += form;
  return out;
}

}  // namespace crm
