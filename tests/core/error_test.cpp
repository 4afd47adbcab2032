#include "muster/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/diagnostics.hpp"

namespace muster {
namespace {

Diagnostic at(std::size_t begin, std::size_t end) {
  return {Severity::error, Errc::syntax, {begin, end}, "wrong", {}};
}

TEST(Error, NamesItsCodes) {
  const std::pair<Errc, std::string_view> cases[] = {
      {Errc::invalid_argument, "invalid_argument"},
      {Errc::io, "io"},
      {Errc::corrupt, "corrupt"},
      {Errc::unsupported_version, "unsupported_version"},
      {Errc::limit, "limit"},
      {Errc::cancelled, "cancelled"},
      {Errc::schema_mismatch, "schema_mismatch"},
      {Errc::json_syntax, "json_syntax"},
      {Errc::json_type, "json_type"},
      {Errc::json_unknown_key, "json_unknown_key"},
      {Errc::json_missing_key, "json_missing_key"},
      {Errc::json_duplicate_key, "json_duplicate_key"},
      {Errc::bad_tag, "bad_tag"},
      {Errc::duplicate_name, "duplicate_name"},
      {Errc::bad_derived, "bad_derived"},
      {Errc::derived_cycle, "derived_cycle"},
      {Errc::bad_cell, "bad_cell"},
      {Errc::missing_value, "missing_value"},
      {Errc::unknown_column, "unknown_column"},
      {Errc::missing_column, "missing_column"},
      {Errc::duplicate_key, "duplicate_key"},
      {Errc::csv_syntax, "csv_syntax"},
      {Errc::syntax, "syntax"},
      {Errc::unknown_tag, "unknown_tag"},
      {Errc::unknown_category, "unknown_category"},
      {Errc::unknown_segment, "unknown_segment"},
      {Errc::wrong_type, "wrong_type"},
      {Errc::segment_cycle, "segment_cycle"},
      {Errc::bad_date, "bad_date"},
      {Errc::bad_number, "bad_number"},
      {Errc::never_true, "never_true"},
      {Errc::always_true, "always_true"},
      {Errc::null_hazard, "null_hazard"},
      {Errc::unknown_user, "unknown_user"},
      {Errc::unknown_policy, "unknown_policy"},
      {Errc::unknown_channel, "unknown_channel"},
      {Errc::bad_setting, "bad_setting"},
      {Errc::script_syntax, "script_syntax"},
      {Errc::unknown_time_zone, "unknown_time_zone"},
      {Errc::illegal_transition, "illegal_transition"},
      {Errc::no_catalogue, "no_catalogue"},
      {Errc::unknown_catalogue, "unknown_catalogue"},
      {Errc::out_of_memory, "out_of_memory"},
      {Errc::unexpected, "unexpected"},
      {Errc::callback_failed, "callback_failed"},
      {Errc::unknown_task, "unknown_task"},
      {Errc::illegal_move, "illegal_move"},
      {Errc::already_settled, "already_settled"},
      {Errc::key_reused, "key_reused"},
      {Errc::used_up, "used_up"},
      {Errc::channel_closed, "channel_closed"},
      {Errc::ledger_busy, "ledger_busy"},
      {Errc::ledger_full, "ledger_full"},
      {Errc::ledger_gone, "ledger_gone"},
      {Errc::circuit_open, "circuit_open"},
      {Errc::calls_full, "calls_full"},
      {Errc::calls_busy, "calls_busy"},
      {Errc::unknown_shop, "unknown_shop"},
      {Errc::no_shop, "no_shop"},
      {Errc::unknown_work_order, "unknown_work_order"},
      {Errc::unknown_sheet, "unknown_sheet"},
      {Errc::illegal_step, "illegal_step"},
      {Errc::link_malformed, "link_malformed"},
      {Errc::link_unknown_key, "link_unknown_key"},
      {Errc::link_forged, "link_forged"},
      {Errc::link_expired, "link_expired"},
      {Errc::link_used, "link_used"},
      {Errc::link_unknown, "link_unknown"},
      {static_cast<Errc>(9999), "unknown_error"},
  };
  for (const auto& [code, text] : cases) EXPECT_EQ(name(code), text);
}

TEST(Error, RendersTheExampleOfTheHeader) {
  const Diagnostic found{
      Severity::error, Errc::unknown_tag, {2, 9}, "unknown tag 'plan_fe'", "plan_fee"};
  EXPECT_EQ(render(found, "\n\nplan_fe = 96\n", "file"),
            "file:3:1: error: unknown tag 'plan_fe'; did you mean 'plan_fee'?\n"
            "  plan_fe = 96\n"
            "  ^~~~~~~\n");
}

TEST(Error, RendersWithoutAFileAndAsAWarning) {
  Diagnostic found = at(4, 5);
  found.severity = Severity::warning;
  EXPECT_EQ(render(found, "a = b"), "1:5: warning: wrong\n  a = b\n      ^\n");
}

TEST(Error, AlignsTheCaret) {
  struct Case {
    std::string_view source;
    ByteRange range;
    std::string_view expected;
  };
  const Case cases[] = {
      {"套餐 = 96", {9, 11}, "1:6: error: wrong\n  套餐 = 96\n         ^~\n"},
      {"x 套餐", {2, 8}, "1:3: error: wrong\n  x 套餐\n    ^~~~\n"},
      {"x 套餐", {5, 8}, "1:4: error: wrong\n  x 套餐\n      ^~\n"},
      {"x 套餐", {3, 4}, "1:4: error: wrong\n  x 套餐\n    ^~\n"},  // inside a character
      {"e\u0301x", {3, 4}, "1:3: error: wrong\n  e\u0301x\n   ^\n"},
      {"é = 1", {3, 4}, "1:3: error: wrong\n  é = 1\n    ^\n"},
      {"\ta\tb", {3, 4}, "1:4: error: wrong\n      a   b\n          ^\n"},
      {"\tb", {0, 1}, "1:1: error: wrong\n      b\n  ^~~~\n"},
      {"a\nbc\nd", {3, 4}, "2:2: error: wrong\n  bc\n   ^\n"},
      {"a\r\nbc\r\nd", {4, 5}, "2:2: error: wrong\n  bc\n   ^\n"},
      {"a\nbc\nd", {2, 6}, "2:1: error: wrong\n  bc\n  ^~\n"},   // goes on in the next line
      {"a\nbc\nd", {4, 5}, "2:3: error: wrong\n  bc\n    ^\n"},  // the line break itself
      {"abc", {3, 3}, "1:4: error: wrong\n  abc\n     ^\n"},     // the end
      {"abc\n", {4, 4}, "2:1: error: wrong\n  \n  ^\n"},
      {"", {0, 0}, "1:1: error: wrong\n  \n  ^\n"},
      {"abc", {7, 99}, "1:4: error: wrong\n  abc\n     ^\n"},  // past the end
      {"abc", {2, 1}, "1:3: error: wrong\n  abc\n    ^\n"},    // upside down
      {"a\xff"
       "b",
       {2, 3},
       "1:3: error: wrong\n  a\ufffdb\n    ^\n"},
      {std::string_view("a\0b", 3), {2, 3}, "1:3: error: wrong\n  a\ufffdb\n    ^\n"},
      {"\xef\xbb\xbf"
       "ab",
       {4, 5},
       "1:2: error: wrong\n  ab\n   ^\n"},
  };
  for (const Case& c : cases) {
    const Diagnostic found{Severity::error, Errc::syntax, c.range, "wrong", {}};
    EXPECT_EQ(render(found, c.source), c.expected) << c.source;
  }
}

TEST(Error, ShowsLongLinesAsAWindow) {
  const std::string left(500, 'l'), right(500, 'r');
  EXPECT_EQ(render(at(500, 505), left + "WRONG" + right),
            "1:501: error: wrong\n  …" + std::string(40, 'l') + "WRONG" + std::string(54, 'r') +
                "…\n" + std::string(43, ' ') + "^~~~~\n");
  EXPECT_EQ(render(at(0, 2), left), "1:1: error: wrong\n  " + std::string(100, 'l') + "…\n  ^~\n");
  EXPECT_EQ(render(at(500, 500), left), "1:501: error: wrong\n  …" + std::string(40, 'l') + "\n" +
                                            std::string(43, ' ') + "^\n");
  EXPECT_EQ(render(at(0, 500), left), "1:1: error: wrong\n  " + std::string(100, 'l') + "…\n  ^" +
                                          std::string(99, '~') + "\n");
}

TEST(Error, RendersAnyRangeOfAnyText) {
  const std::string_view sources[] = {"",
                                      "\n",
                                      "\r\n",
                                      "套",
                                      "\xe5\xa5",
                                      "\xef\xbb\xbf",
                                      "\xef\xbb\xbfx\t\n",
                                      "\x80\x80\x80\x80\x80",
                                      "a\n\n套\xff\tb\r"};
  for (const std::string_view source : sources) {
    std::string wide;
    for (int i = 0; i < 60; ++i) wide += source;
    for (const std::string_view text : {source, std::string_view(wide)}) {
      for (std::size_t begin = 0; begin <= text.size() + 1; ++begin) {
        for (const std::size_t size : {0u, 1u, 2u, 3u, 70u}) {
          const std::string shown = render(at(begin, begin + size), text);
          ASSERT_EQ(std::count(shown.begin(), shown.end(), '\n'), 3);
        }
      }
    }
  }
}

TEST(Error, SumsUpFindings) {
  std::vector<Diagnostic> findings{{Severity::warning, Errc::never_true, {}, "never", {}},
                                   {Severity::error, Errc::unknown_tag, {}, "unknown tag 'a'", "b"},
                                   {Severity::error, Errc::syntax, {}, "second", {}}};
  Error error = to_error(findings);
  EXPECT_EQ(error.code, Errc::unknown_tag);
  EXPECT_EQ(error.message, "unknown tag 'a'; did you mean 'b'? (and 1 more error)");
  EXPECT_EQ(error.diagnostics.size(), 3u);
  findings.push_back(findings[2]);
  EXPECT_EQ(to_error(findings).message, "unknown tag 'a'; did you mean 'b'? (and 2 more errors)");
  EXPECT_EQ(to_error({findings[1]}).message, "unknown tag 'a'; did you mean 'b'?");
}

TEST(Error, QuotesHostileText) {
  EXPECT_EQ(in_quotes("plan 套"), "'plan 套'");
  EXPECT_EQ(in_quotes("a\x1b[31m\xff"), "'a\\x1b[31m\\xff'");
  EXPECT_EQ(in_quotes("\xc2\x85"), "'\\xc2\\x85'");
  EXPECT_EQ(in_quotes(std::string(61, 'x')), "'" + std::string(60, 'x') + "…'");
  EXPECT_EQ(in_quotes(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
}

TEST(Error, KeepsWhatOthersSayButForBytesThatAreNoText) {
  EXPECT_EQ(as_utf8("two\nlines: 套"), "two\nlines: 套");
  EXPECT_EQ(as_utf8("\xff套\xe5\xa5"), "\\xff套\\xe5\\xa5");
  EXPECT_EQ(as_utf8(""), "");
}

TEST(Error, ThrowsOnlyWhenAskedForAMissingValue) {
  const Result<int> failed = Error{Errc::io, "no such file", {}};
  EXPECT_FALSE(failed);
  try {
    static_cast<void>(failed.value());
    FAIL();
  } catch (const Exception& exception) {
    EXPECT_STREQ(exception.what(), "no such file");
    EXPECT_EQ(exception.error().code, Errc::io);
  }
}

}  // namespace
}  // namespace muster
