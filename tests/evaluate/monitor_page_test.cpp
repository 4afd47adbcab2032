#include "muster/evaluate/monitor_page.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Catalogue some_catalogue() {
  return Catalogue::from_json(R"({
    "schema": {"key": "id", "tags": [{"name": "fee", "type": "number"}]},
    "channels": [{"id": "call", "name": "外呼 <b>", "mode": "active", "daily_capacity": 500}],
    "policies": [{"id": "P1", "name": "存168得504", "segment": "fee > 0"}],
    "monitors": [{"id": "wins", "rate": "success", "target": 0.5}]})")
      .value();
}

LedgerFigures days(int count) {
  LedgerFigures figures;
  figures.policies = {{"", {3, 4}, {{16, 100}, {8, 100}}}, {"P1", {3, 4}, {{16, 100}, {8, 100}}}};
  for (int day = 0; day < count; ++day) {
    FunnelCell cell{"P1", "call", Date{day}, {}, {1, 1, 1, 60}};
    cell.counts.tasks = {60, 50, 40, 30, 5, 35, 0, 0, 0};
    figures.funnel.push_back(cell);
    figures.capacity.push_back({"call", Date{day}, 50});
  }
  return figures;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string page_of(const LedgerFigures& figures, const Catalogue& catalogue) {
  return monitor_page(figures, watch(figures, catalogue), "Friday & co", &catalogue);
}

TEST(MonitorPage, SaysWhatTheFiguresSay) {
  const std::string page = page_of(days(3), some_catalogue());
  for (const char* part :
       {"<title>Friday &amp; co</title>", "1970-01-01 to 1970-01-03",
        "<b>75.0 %</b><small>3 of 4 · 30.1 to 95.4 %</small>",  // participation
        "<b>+8.0</b><small>points, ", "存168得504", "外呼 &lt;b&gt;",
        "wins: too low since 1970-01-01, seen on 1970-01-02",
        "<td>180</td><td>150</td><td>120</td><td>90</td><td>15</td><td>12.5 %</td>"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
}

TEST(MonitorPage, LoadsAndRunsNothing) {
  const std::string page = page_of(days(3), some_catalogue());
  for (const char* part : {"http", "<script", "src=", "href=", "url(", "@import", "javascript"}) {
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  }
}

TEST(MonitorPage, ClosesWhatItOpens) {
  const std::string page = page_of(days(3), some_catalogue());
  for (const char* tag : {"html", "head", "body", "main", "div", "section", "svg", "table", "tr",
                          "td", "th", "small", "text", "title", "details"}) {
    const std::string name = tag;
    EXPECT_EQ(count(page, "<" + name + " ") + count(page, "<" + name + ">"),
              count(page, "</" + name + ">"))
        << tag;
  }
}

TEST(MonitorPage, DrawsTheLastDaysAndListsAll) {
  const LedgerFigures figures = days(static_cast<int>(max_page_days) + 1);
  const std::string page = page_of(figures, some_catalogue());
  EXPECT_EQ(page.find("<title>1970-01-01: accepted"), std::string::npos);
  EXPECT_NE(page.find("<title>1970-01-02: accepted 5"), std::string::npos);
  EXPECT_NE(page.find("<td class=\"l\">1970-01-01</td>"), std::string::npos);
}

TEST(MonitorPage, CanBeOfNothing) {
  const std::string page = monitor_page({}, {}, "t");
  EXPECT_NE(page.find("Nothing is in the ledger yet."), std::string::npos);
  EXPECT_EQ(page.find("nan"), std::string::npos);
}

TEST(MonitorPage, GoesByIdsWithoutACatalogue) {
  const std::string page = monitor_page(days(1), {}, "t");
  EXPECT_NE(page.find("<td class=\"l\">P1</td><td class=\"l\">call</td>"), std::string::npos);
}

}  // namespace
}  // namespace muster
