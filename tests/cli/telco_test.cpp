#include <sqlite3.h>

#include <map>
#include <set>

#include "cli/run_tool.hpp"
#include "muster/policy/catalogue.hpp"
#include "muster/tags/csv.hpp"

namespace muster {
namespace {

const std::string telco_folder = MUSTER_EXAMPLES "/telco/";

Catalogue telco() { return Catalogue::read(telco_folder + "catalogue.json").value(); }

/// A rule with every SEGMENT(name) spelt out as text.
std::string spelt_out(std::string rule, const Catalogue& catalogue) {
  for (std::size_t at; (at = rule.find("SEGMENT(")) != std::string::npos;) {
    const std::size_t close = rule.find(')', at);
    const std::string name = rule.substr(at + 8, close - at - 8);
    std::string body;
    for (const Segment& segment : catalogue.segments()) {
      if (segment.name == name) body = segment.rule;
    }
    EXPECT_FALSE(body.empty()) << name;
    rule.replace(at, close + 1 - at, "(" + body + ")");
  }
  return rule;
}

/// An outside judge: the customers as a table of a database.
class Database {
 public:
  Database() { sqlite3_open(":memory:", &handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close(handle_); }

  void run(const std::string& sql) {
    char* message = nullptr;
    ASSERT_EQ(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << sql << ": " << message;
  }

  std::set<std::int64_t> numbers(const std::string& sql) {
    std::set<std::int64_t> found;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql << ": " << sqlite3_errmsg(handle_);
    while (sqlite3_step(statement) == SQLITE_ROW) found.insert(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    return found;
  }

 private:
  sqlite3* handle_ = nullptr;
};

/// The file's cells as SQL literals: they hold no commas, no quotes within, no line breaks.
std::string row_of(const std::string& line, std::size_t number) {
  std::string sql = std::to_string(number);
  std::istringstream cells(line);
  for (std::string cell; std::getline(cells, cell, ',');) {
    if (cell == "\"Yes\"" && sql.find(',') == std::string::npos) cell = "1";  // churn
    if (cell == "\"No\"" && sql.find(',') == std::string::npos) cell = "0";
    for (char& c : cell) c = c == '"' ? '\'' : c;
    sql += "," + (cell.empty() ? "NULL" : cell);
  }
  return line.ends_with(',') ? sql + ",NULL" : sql;
}

void load(Database& database) {
  std::ifstream file(telco_folder + "customers.csv");
  std::string line;
  std::getline(file, line);
  database.run("CREATE TABLE raw (row, " + line + ")");
  database.run("BEGIN");
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    database.run("INSERT INTO raw VALUES (" + row_of(line, number) + ")");
  }
  database.run("COMMIT");
  database.run(
      "CREATE VIEW users AS SELECT *, total_charges * 1.0 / tenure AS average_charge, "
      "monthly_charges - total_charges * 1.0 / tenure AS charge_growth FROM raw");
}

using Telco = Tool;

TEST_F(Telco, MatchesWhatSqliteSelects) {
  const Ran ran =
      run("match " + telco_folder + "catalogue.json --users " + telco_folder + "customers.csv");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  std::map<std::string, std::set<std::int64_t>> matched;
  std::istringstream lines(ran.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "user,policy");
  while (std::getline(lines, line)) {
    const std::size_t comma = line.find(',');
    EXPECT_TRUE(matched[line.substr(comma + 1)].insert(std::stoll(line)).second) << line;
  }
  Database database;
  load(database);
  ASSERT_EQ(database.numbers("SELECT row FROM users").size(), 7043u);
  const Catalogue catalogue = telco();
  for (const Policy& policy : catalogue.policies()) {
    const auto expected =
        database.numbers("SELECT row FROM users WHERE " + spelt_out(policy.segment, catalogue));
    EXPECT_EQ(matched[policy.id], expected) << policy.id << ": " << policy.segment;
    EXPECT_FALSE(expected.empty()) << policy.id << " is for nobody";
    EXPECT_LT(expected.size(), 7043u / 4) << policy.id << " is for nearly everybody";
  }
}

TEST_F(Telco, HasARealCatalogueWithoutWarnings) {
  const Catalogue catalogue = telco();
  EXPECT_GE(catalogue.policies().size(), 24u);
  EXPECT_EQ(catalogue.warnings().size(), 0u);
}

TEST_F(Telco, NobodyIsPickedByTheOutcome) {
  const Catalogue catalogue = telco();
  for (const Policy& policy : catalogue.policies()) {
    EXPECT_EQ(spelt_out(policy.segment, catalogue).find("churn"), std::string::npos) << policy.id;
  }
}

TEST_F(Telco, TheDataIsReadWithoutABadCell) {
  const auto users = read_csv_file(telco().schema(), telco_folder + "customers.csv").value();
  EXPECT_EQ(users.report.rows, 7043u);
  EXPECT_EQ(users.report.bad_cells, 0u);
  EXPECT_TRUE(users.report.ignored_columns.empty());
}

}  // namespace
}  // namespace muster
