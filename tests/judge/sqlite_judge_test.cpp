#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "core/token.hpp"
#include "judge/random_rules.hpp"
#include "judge/reference.hpp"
#include "judge/sql_text.hpp"

// An outside judge: SQLite reads the same rules over the same rows, and says the same.
namespace muster::judge {
namespace {

std::string json_array(const Set& set) {
  std::string out = "[";
  for (const std::string& item : set) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : item) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + ']';
}

class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) {
    const int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr);
    EXPECT_EQ(code, SQLITE_OK) << sqlite3_errmsg(database) << "\n" << sql;
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  sqlite3_stmt* get() const { return statement_; }
  bool step() { return statement_ != nullptr && sqlite3_step(statement_) == SQLITE_ROW; }
  Truth truth() const {
    if (sqlite3_column_type(statement_, 0) == SQLITE_NULL) return Truth::unknown;
    return sqlite3_column_int(statement_, 0) != 0 ? Truth::yes : Truth::no;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

struct Bind {
  sqlite3_stmt* statement;
  int column;

  void operator()(std::monostate) const { sqlite3_bind_null(statement, column); }
  void operator()(Truth value) const {
    sqlite3_bind_int(statement, column, value == Truth::yes ? 1 : 0);
  }
  void operator()(std::int64_t value) const { sqlite3_bind_int64(statement, column, value); }
  void operator()(double value) const { sqlite3_bind_double(statement, column, value); }
  void operator()(const std::string& value) const {
    sqlite3_bind_text(statement, column, value.c_str(), -1, SQLITE_TRANSIENT);
  }
  void operator()(Date value) const { (*this)(to_string(value)); }
  void operator()(const Set& value) const { (*this)(json_array(value)); }
};

/// Users in a table without column types, so that SQLite converts nothing.
class Database {
 public:
  Database(std::span<const Tag> tags, const std::vector<Row>& rows) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
    database_.reset(database);
    run("PRAGMA case_sensitive_like = ON");
    std::string columns, marks;
    for (const Tag& tag : tags) {
      columns += columns.empty() ? "" : ", ";
      columns += quoted_name(tag.name);
      marks += marks.empty() ? "?" : ", ?";
    }
    run("CREATE TABLE users (" + columns + ")");
    for (const Row& row : rows) {
      Statement insert(database, "INSERT INTO users VALUES (" + marks + ")");
      int column = 0;
      for (const Tag& tag : tags) std::visit(Bind{insert.get(), ++column}, row.at(tag.name));
      insert.step();
    }
  }

  std::vector<Truth> evaluate(const std::string& condition) {
    Statement select(database_.get(), "SELECT (" + condition + "\n) FROM users ORDER BY rowid");
    std::vector<Truth> truths;
    while (select.step()) truths.push_back(select.truth());
    return truths;
  }

 private:
  static std::string quoted_name(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? std::string(2, '"') : std::string(1, c);
    return out + '"';
  }
  void run(const std::string& sql) { Statement(database_.get(), sql).step(); }

  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

// SQLite's column names have no case.
std::vector<Tag> tags_of_distinct_names(Random& random) {
  const auto same = [](const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return tolower(x) == tolower(y); });
  };
  std::vector<Tag> tags;
  for (Tag& tag : random_tags(random)) {
    const bool taken = std::any_of(tags.begin(), tags.end(),
                                   [&](const Tag& other) { return same(other.name, tag.name); });
    if (!taken) tags.push_back(std::move(tag));
  }
  return tags;
}

std::vector<Row> random_rows(Random& random, std::span<const Tag> tags, std::size_t count) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) rows.push_back(random_row(random, tags));
  return rows;
}

void expect_agreement(Database& database, const std::vector<Row>& rows, const std::string& rule,
                      const std::map<std::string, std::string>& segment_texts,
                      const Segments& segments) {
  const Result<Expr> expr = parse(rule);
  ASSERT_TRUE(expr) << rule << "\n" << expr.error().message;
  const std::string sql = sql_text(rule, segment_texts, judgement_day());
  const std::vector<Truth> theirs = database.evaluate(sql);
  ASSERT_EQ(theirs.size(), rows.size()) << sql;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(evaluate(*expr, rows[i], segments, judgement_day()), theirs[i]) << "row " << i << "\n"
                                                                              << rule << "\n"
                                                                              << sql;
  }
}

TEST(SqliteJudge, AgreesOnRandomRules) {
  Random random(2024);
  for (int world = 0; world < 150; ++world) {
    const std::vector<Tag> tags = tags_of_distinct_names(random);
    const std::vector<Row> rows = random_rows(random, tags, 40);
    Database database(tags, rows);
    std::map<std::string, std::string> texts;
    Segments segments;
    RuleOptions options;
    for (const char* name : {"s1", "二", "the third"}) {
      texts[name] = random_rule(random, tags, options);
      segments[name] = *parse(texts[name]);
      options.segments.push_back(name);
    }
    for (int i = 0; i < 60; ++i) {
      options.depth = static_cast<int>(random.below(6));
      expect_agreement(database, rows, random_rule(random, tags, options), texts, segments);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(SqliteJudge, AgreesOnAllSmallRules) {
  const std::vector<Tag> tags = {{"a", TagType::boolean, true, {}, {}, {}, {}},
                                 {"n", TagType::number, true, {}, {}, {}, {}}};
  const std::vector<Row> rows =
      all_rows({{"a", {Value(), Truth::no, Truth::yes}},
                {"n", {Value(), std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}}});
  Database database(tags, rows);
  for (const std::string& rule : all_rules({"a", "n < 2", "n <> 2"}, 2)) {
    expect_agreement(database, rows, rule, {}, {});
    if (HasFatalFailure()) return;
  }
}

// What the grammar lets stand side by side without parentheses binds as SQLite has it.
TEST(SqliteJudge, AgreesOnPrecedence) {
  const std::vector<Tag> tags = {{"a", TagType::boolean, true, {}, {}, {}, {}},
                                 {"b", TagType::boolean, true, {}, {}, {}, {}},
                                 {"n", TagType::number, true, {}, {}, {}, {}}};
  const std::vector<Value> truths = {Value(), Truth::no, Truth::yes};
  const std::vector<Row> rows =
      all_rows({{"a", truths}, {"b", truths}, {"n", {Value(), std::int64_t{1}, std::int64_t{2}}}});
  Database database(tags, rows);
  const char* parts[] = {"a",
                         "NOT a",
                         "n = 1",
                         "NOT n = 1",
                         "n IS NULL",
                         "NOT n IS NULL",
                         "n = 1 IS NULL",
                         "n BETWEEN 1 AND 1",
                         "NOT n NOT BETWEEN 2 AND 3",
                         "n IN (1, NULL) IS NOT TRUE",
                         "1 < n IS FALSE",
                         "NOT NOT b",
                         "n IS NULL IS NOT FALSE",
                         "n = 1 IS NULL IS FALSE"};
  for (const std::string left : parts) {
    for (const std::string middle : parts) {
      for (const std::string right : {"b", "NOT b", "n = 2 IS NOT NULL"}) {
        for (const std::string joint : {" AND ", " OR "}) {
          for (const std::string second : {" AND ", " OR "}) {
            expect_agreement(database, rows, left + joint + middle + second + right, {}, {});
            if (HasFatalFailure()) return;
          }
        }
      }
    }
  }
}

// A printed rule means to SQLite what the rule meant.
TEST(SqliteJudge, AgreesOnPrintedRules) {
  Random random(7);
  for (int world = 0; world < 40; ++world) {
    const std::vector<Tag> tags = tags_of_distinct_names(random);
    const std::vector<Row> rows = random_rows(random, tags, 20);
    Database database(tags, rows);
    for (int i = 0; i < 40; ++i) {
      const std::string rule = to_text(*parse(random_rule(random, tags, {})));
      expect_agreement(database, rows, rule, {}, {});
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace muster::judge
