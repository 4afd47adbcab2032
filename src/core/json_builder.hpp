#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "core/json_write.hpp"
#include "core/utf8.hpp"

namespace muster {

/// Writes JSON without spaces, its keys in the order of the calls.
class JsonBuilder {
 public:
  /// Bytes that are not UTF-8 become U+FFFD.
  void text(std::string_view key, std::string_view value) {
    begin(key);
    append(value);
  }
  void text(std::string_view element) {
    separate();
    append(element);
  }
  /// In the shortest form that reads back as the same number; NaN and infinities, which JSON does
  /// not have, as null.
  void number(std::string_view key, double value) {
    begin(key);
    if (std::isfinite(value)) {
      fmt::format_to(std::back_inserter(out_), "{}", value);
    } else {
      out_ += "null";
    }
  }
  void whole(std::string_view key, std::uint64_t value) {
    begin(key);
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  void flag(std::string_view key, bool value) {
    begin(key);
    out_ += value ? "true" : "false";
  }

  /// An object or array whose members or elements `body` writes.
  template <class Body>
  void object(Body body) {
    separate();
    enclose('{', '}', body);
  }
  template <class Body>
  void object(std::string_view key, Body body) {
    begin(key);
    enclose('{', '}', body);
  }
  template <class Body>
  void array(Body body) {
    separate();
    enclose('[', ']', body);
  }
  template <class Body>
  void array(std::string_view key, Body body) {
    begin(key);
    enclose('[', ']', body);
  }

  std::string take() && { return std::move(out_); }

 private:
  // No value ends in an opening bracket or a colon: texts end in quotes.
  void separate() {
    if (!out_.empty() && std::string_view("{[:").find(out_.back()) == std::string_view::npos) {
      out_ += ',';
    }
  }
  void begin(std::string_view key) {
    separate();
    append(key);
    out_ += ':';
  }
  template <class Body>
  void enclose(char open, char close, Body& body) {
    out_ += open;
    body();
    out_ += close;
  }
  void append(std::string_view value) {
    if (find_invalid_utf8(value) == value.size()) return append_json_string(out_, value);
    std::string mended;
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t size = decode_utf8(value, at).size;
      mended += size == 0 ? "\xEF\xBF\xBD" : value.substr(at, size);
      at += size == 0 ? 1 : size;
    }
    append_json_string(out_, mended);
  }

  std::string out_;
};

}  // namespace muster
