#include "muster/tags/csv.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tags/table_samples.hpp"

namespace muster {
namespace {

using testing_samples::text;

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "done" : std::string(name(result.error().code)) + ": " + result.error().message;
}

/// One tag `v` of a type, and a key.
Schema one(const std::string& type, bool nullable = false, const std::string& values = "") {
  std::string json = R"({"key": "id", "tags": [{"name": "v", "type": ")";
  json.append(type).append(R"(", "nullable": )").append(nullable ? "true" : "false");
  if (!values.empty()) json.append(R"(, "values": )").append(values);
  return *Schema::from_json(json.append("}]}"));
}

CsvOptions as_null() {
  CsvOptions options;
  options.on_bad_cell = CsvOptions::OnBadCell::as_null;
  return options;
}

/// The cells of `v`, as text; or the error.
std::string read(const Schema& schema, std::string_view csv, const CsvOptions& options = {}) {
  const auto users = read_csv(schema, csv, options);
  if (!users) return refusal(users);
  return text(users->table);
}

TEST(Csv, ReadsEveryType) {
  const Schema schema = testing_samples::schema();
  const auto users =
      read_csv(schema,
               "fee,id,five_g,complained,terminal,city,interests,channels,used,since,end,note\r\n"
               "96,a,true,NO,华为,广州,music|video,sms,48.5,2020-02-29,2026-12-31,x\r\n"
               "1e2,\"b,\"\"c\"\"\",0,,iPhone,,\"\",,,1970-01-01,,\"two\r\nlines\"\r\n");
  ASSERT_TRUE(users) << users.error().message;
  EXPECT_EQ(text(users->table),
            "a: true false #1 #1 {#0#2} {#1} 96.000000 48.500000 2020-02-29 2026-12-31 0.505208\n"
            "b,\"c\": false NULL #0 NULL {} NULL 100.000000 NULL 1970-01-01 NULL NULL\n");
  EXPECT_EQ(users->report.rows, 2u);
  EXPECT_EQ(users->report.bad_cells, 0u);
  EXPECT_EQ(users->report.ignored_columns, std::vector<std::string>{"note"});
}

TEST(Csv, ReadsBooleansInEveryForm) {
  for (const char* yes : {"true", "TRUE", "True", "yes", "YES", "1", "t", "T", "y", "Y", "\"1\""}) {
    EXPECT_EQ(read(one("bool"), std::string("id,v\na,") + yes), "a: true\n") << yes;
  }
  for (const char* no : {"false", "False", "no", "No", "0", "f", "F", "n", "N"}) {
    EXPECT_EQ(read(one("bool"), std::string("id,v\na,") + no), "a: false\n") << no;
  }
  for (const std::string bad : {"2", "tru", "truee", " 1", "on", "ye\x13", "\x11", "T1", "00"}) {
    EXPECT_TRUE(read(one("bool"), "id,v\na," + bad).starts_with("bad_cell")) << bad;
  }
}

TEST(Csv, ReadsNumbersExactly) {
  const struct {
    const char* text;
    Number number;
  } cases[] = {{"0", 0},
               {"-0", 0},
               {"-0.0", 0.0},
               {"007", 7},
               {"-12", -12},
               {"0.1", 0.1},
               {".5", 0.5},
               {"5.", 5},
               {"29.85", 29.85},
               {"123456789012.345", 123456789012.345},
               {"0.30000000000000004", 0.30000000000000004},
               {"1e3", 1000},
               {"1.5E-3", 0.0015},
               {"9007199254740993", std::int64_t{9007199254740993}},
               {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
               {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
               {"9223372036854775808", 0x1p63},
               {"1234567890123456", std::int64_t{1234567890123456}},
               {"1.7976931348623157e308", 1.7976931348623157e308}};
  for (const auto& c : cases) {
    const auto users = read_csv(one("number"), std::string("id,v\na,") + c.text);
    ASSERT_TRUE(users) << c.text << refusal(users);
    EXPECT_EQ(std::get<Number>(users->table.row(0).cell(TagId{0})), c.number) << c.text;
  }
}

TEST(Csv, ShortDecimalsAreWhatTheStandardLibraryReads) {
  std::mt19937_64 random(5);
  std::string csv = "id,v\n";
  std::vector<double> expected;
  for (int i = 0; i < 20'000; ++i) {
    std::string number = std::to_string(random() % 100'000'000);
    number.append(".").append(std::to_string(random() % 1'000'000));
    expected.push_back(std::stod(number));
    csv.append(std::to_string(i)).append(",").append(number).append("\n");
  }
  const auto users = read_csv(one("number"), csv);
  ASSERT_TRUE(users);
  const double* doubles = users->table.column(TagId{0}).doubles;
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_EQ(doubles[i], expected[i]) << i;
}

TEST(Csv, PinsWhatIsSaidOfBadCells) {
  const Schema set = one("set", false, R"(["video", "game"])");
  const Schema category = one("category", false, R"(["iPhone", "华为"])");
  const struct {
    Schema schema;
    const char* cell;
    const char* message;
  } cases[] = {
      {one("bool"), "maybe", "bad_cell: line 2, column 2 (v): 'maybe' is not true or false"},
      {one("number"), "abc", "bad_cell: line 2, column 2 (v): 'abc' is not a number"},
      {one("number"), "1e999",
       "bad_cell: line 2, column 2 (v): '1e999' is out of the range of numbers"},
      {one("number"), "nan", "bad_cell: line 2, column 2 (v): 'nan' is not a number"},
      {one("number"), "-inf", "bad_cell: line 2, column 2 (v): '-inf' is not a number"},
      {one("number"), " 1", "bad_cell: line 2, column 2 (v): ' 1' is not a number"},
      {one("number"), "+1", "bad_cell: line 2, column 2 (v): '+1' is not a number"},
      {one("number"), "0x10", "bad_cell: line 2, column 2 (v): '0x10' is not a number"},
      {one("number"), "1.2.3", "bad_cell: line 2, column 2 (v): '1.2.3' is not a number"},
      {one("number"), "-", "bad_cell: line 2, column 2 (v): '-' is not a number"},
      {one("number"), ".", "bad_cell: line 2, column 2 (v): '.' is not a number"},
      {one("number"), "\"\"", "bad_cell: line 2, column 2 (v): '' is not a number"},
      {one("number"), "\"1,\n5\"", "bad_cell: line 2, column 2 (v): '1,\\x0a5' is not a number"},
      {one("date"), "2023-02-29",
       "bad_cell: line 2, column 2 (v): '2023-02-29' is not a date (YYYY-MM-DD)"},
      {category, "iPhone ",
       "bad_cell: line 2, column 2 (v): 'iPhone ' is not among its categories; did you mean "
       "'iPhone'?"},
      {category, "\xff", "bad_cell: line 2, column 2 (v): '\\xff' is not UTF-8"},
      {set, "video|gane",
       "bad_cell: line 2, column 2 (v): 'gane' is not among its categories; did you mean 'game'?"},
      {set, "video|", "bad_cell: line 2, column 2 (v): '' is not among its categories"},
      {one("bool"), "",
       "missing_value: line 2, column 2 (v): no value for 'v', which is not nullable"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(read(c.schema, std::string("id,v\na,") + c.cell + "\n"), c.message);
  }
}

TEST(Csv, PinsWhatIsSaidOfKeys) {
  EXPECT_EQ(read(one("bool"), "id,v\n,1\n"), "missing_value: line 2, column 1 (id): no key");
  EXPECT_EQ(read(one("bool"), "id,v\na,1\nb,1\na,0\n"),
            "duplicate_key: line 4, column 1 (id): 'a' is the key of an earlier row");
  EXPECT_EQ(read(one("bool"), "id,v\n\xc3,1\n"),
            "bad_cell: line 2, column 1 (id): '\\xc3' is not UTF-8");
}

TEST(Csv, PinsWhatIsSaidOfSyntax) {
  const struct {
    const char* csv;
    const char* message;
  } cases[] = {
      {"", "csv_syntax: line 1: the text is empty, its first line must name the columns"},
      {"\xef\xbb\xbf",
       "csv_syntax: line 1: the text is empty, its first line must name the columns"},
      {"id", "missing_column: line 1: no column for 'v', which is not nullable"},
      {"v", "missing_column: line 1: no column for the key, 'id'"},
      {"Id,V",
       "missing_column: line 1: no column for the key, 'id'; no column for 'v', which is "
       "not nullable; is 'V' meant for 'v'?; is 'Id' meant for 'id'?"},
      {"id;v",
       "missing_column: line 1: no column for the key, 'id'; no column for 'v', which is "
       "not nullable; is it separated by ';'?"},
      {"id\tv",
       "missing_column: line 1: no column for the key, 'id'; no column for 'v', which is "
       "not nullable; is it separated by tabs?"},
      {"id,v,v", "duplicate_name: line 1, column 3: a second column 'v'"},
      {"id,v,id", "duplicate_name: line 1, column 3: a second column 'id'"},
      {"id,\"v", "csv_syntax: line 1, column 2: the quotes of '\"v' are wrong"},
      {"id,v,\xfe", "csv_syntax: line 1, column 3: '\\xfe' is not UTF-8"},
      {"id,v\na\n", "csv_syntax: line 2: 1 cells where the header has 2"},
      {"id,v\na,1,\n", "csv_syntax: line 2: 3 cells where the header has 2"},
      {"id,v\na,1\nb\"c,1\n",
       "csv_syntax: line 3, column 1 (id): a quote in a cell that does not begin with one"},
      {"id,v\na,\"1\"x\n",
       "csv_syntax: line 2, column 2 (v): a quoted cell that does not end with its quote"},
      {"id,v\na,\"1\" \r\n",
       "csv_syntax: line 2, column 2 (v): a quoted cell that does not end with its quote"},
      {"id,v\na,\"1\"x\"\"\n",
       "csv_syntax: line 2, column 2 (v): a quoted cell that does not end with its quote"},
      {"id,v\n\"a\nb\",1\nc,\"1\nd,1\n",
       "csv_syntax: line 4, column 2 (v): a quoted cell that does not end with its quote"},
  };
  for (const auto& c : cases) EXPECT_EQ(read(one("bool"), c.csv), c.message);
}

TEST(Csv, LineBreaksMarksAndBlankLinesDoNotMatter) {
  const char* same[] = {"id,v\na,1\nb,0\n",
                        "id,v\r\na,1\r\nb,0\r\n",
                        "id,v\na,1\nb,0",
                        "id,v\r\na,1\r\nb,0\r",
                        "\xef\xbb\xbfid,v\na,1\nb,0",
                        "id,v\n\na,1\n\r\n\nb,0\n\n\n",
                        "\"id\",\"v\"\n\"a\",\"1\"\n\"b\",\"0\"\n",
                        "v,id\n1,a\n0,b\n",
                        "id,,v\na,\"x\"\"\",1\nb,\"\n,\",0"};
  for (const char* csv : same) EXPECT_EQ(read(one("bool"), csv), "a: true\nb: false\n") << csv;
  EXPECT_EQ(read(one("bool"), "id,v\n"), "");
  EXPECT_EQ(read(one("bool"), "id,v"), "");
}

TEST(Csv, ABlankLineIsANullWhereThereIsOneColumn) {
  const Schema schema =
      *Schema::from_json(R"({"tags": [{"name": "v", "type": "number", "nullable": true}]})");
  EXPECT_EQ(read(schema, "v\n1\n\n2\n"), "1: 1.000000\n2: NULL\n3: 2.000000\n");
}

TEST(Csv, AMissingColumnIsNullWhereTheTagAllowsIt) {
  EXPECT_EQ(read(one("number", true), "id\na\n"), "a: NULL\n");
}

TEST(Csv, OtherDelimiters) {
  CsvOptions options;
  options.delimiter = ';';
  EXPECT_EQ(read(one("number"), "id;v\na,b;1.5\n", options), "a,b: 1.500000\n");
  for (const char bad : {'"', '\n', '\r', '\0'}) {
    options.delimiter = bad;
    EXPECT_EQ(read(one("number"), "id", options),
              "invalid_argument: the delimiter is a quote, a line break or a zero");
  }
}

TEST(Csv, CountsBadCellsAndLeavesOutRowsThatNeedThem) {
  const Schema schema = *Schema::from_json(R"({"key": "id", "tags": [
    {"name": "fee", "type": "number"}, {"name": "used", "type": "number", "nullable": true},
    {"name": "in", "type": "set", "values": ["a", "b"], "nullable": true}]})");
  const auto users = read_csv(schema,
                              "id,fee,used,in\n"
                              "1,10,x,a\n"  // used becomes NULL
                              "2,y,5,b\n"   // left out: fee
                              "3,30,3,c\n"  // in becomes NULL
                              "1,40,4,a\n"  // left out: key
                              "5\n"         // left out: cells
                              "6,z,w,\n"    // left out: fee; both counted
                              "7,70,,\"a|b\"\n",
                              as_null());
  ASSERT_TRUE(users) << users.error().message;
  EXPECT_EQ(text(users->table),
            "1: 10.000000 NULL {#0}\n3: 30.000000 3.000000 NULL\n7: 70.000000 NULL {#0#1}\n");
  EXPECT_EQ(users->report.rows, 3u);
  EXPECT_EQ(users->report.rows_left_out, 4u);
  EXPECT_EQ(users->report.bad_cells, 7u);
  std::string said;
  for (const BadCell& cell : users->report.reported) said.append(to_string(cell)).append("\n");
  EXPECT_EQ(said,
            "line 2, column 3 (used): 'x' is not a number\n"
            "line 3, column 2 (fee): 'y' is not a number\n"
            "line 4, column 4 (in): 'c' is not among its categories\n"
            "line 5, column 1 (id): '1' is the key of an earlier row\n"
            "line 6: 1 cells where the header has 4\n"
            "line 7, column 2 (fee): 'z' is not a number\n"
            "line 7, column 3 (used): 'w' is not a number\n");
  EXPECT_EQ(users->table.find("2"), std::nullopt);
}

TEST(Csv, KeepsNoMoreReportsThanAsked) {
  CsvOptions options = as_null();
  options.max_reported = 3;
  std::string csv = "id,v\n";
  for (int i = 0; i < 50'000; ++i) csv.append(std::to_string(i)).append(",x\n");
  const auto users = read_csv(one("number", true), csv, options);
  ASSERT_TRUE(users);
  EXPECT_EQ(users->report.bad_cells, 50'000u);
  ASSERT_EQ(users->report.reported.size(), 3u);
  EXPECT_EQ(users->report.reported[2].line, 4u);
}

TEST(Csv, BrokenQuotingFailsHoweverBadCellsAreTaken) {
  EXPECT_EQ(read(one("number", true), "id,v\na,x\nb,\"1\nc,1\n", as_null()),
            "csv_syntax: line 3, column 2 (v): a quoted cell that does not end with its quote");
}

TEST(Csv, CellsAreNoLongerThanMaxCellBytes) {
  Limits limits;
  limits.max_cell_bytes = 10;
  const Schema schema = one("number");
  EXPECT_TRUE(read_csv(schema, "id,v\n0123456789,1\n", {}, limits));
  EXPECT_EQ(refusal(read_csv(schema, "id,v\n0123456789a,1\n", {}, limits)),
            "limit: line 2, column 1 (id): a cell of more than 10 bytes (max_cell_bytes)");
}

TEST(Csv, RowsAreNoMoreThanMaxUsers) {
  Limits limits;
  limits.max_users = 2;
  EXPECT_TRUE(read_csv(one("bool"), "id,v\na,1\nb,1\n", {}, limits));
  EXPECT_EQ(refusal(read_csv(one("bool"), "id,v\na,1\nb,1\nc,1\n", {}, limits)),
            "limit: the table would hold more than 2 users (max_users)");
}

/// Random cells, many with quotes and breaks, so that batches and 64-byte blocks end anywhere.
std::string random_csv(std::size_t rows, std::vector<std::string>& keys) {
  std::mt19937_64 random(11);
  std::string csv = "note,id,v\n";
  const std::string_view odd[] = {"\"\"", "\n", "\r\n", ",", "华为", "x", " "};
  for (std::size_t row = 0; row < rows; ++row) {
    std::string note;
    for (std::size_t i = random() % 40; i-- > 0;) note.append(odd[random() % 7]);
    std::string key = std::to_string(row);
    if (random() % 3 == 0) key.append("\"\n,");
    keys.push_back(key);
    std::string quoted_key;
    for (const char c : key) quoted_key.append(c == '"' ? 2 : 1, c);
    csv.append("\"").append(note).append("\",\"").append(quoted_key).append("\",");
    csv.append(std::to_string(row)).append(random() % 2 == 0 ? "\n" : "\r\n");
  }
  return csv;
}

TEST(Csv, ThreadsDoNotChangeTheAnswer) {
  std::vector<std::string> keys;
  const std::string csv = random_csv(60'000, keys);
  ASSERT_GT(csv.size(), std::size_t{2'000'000});
  for (const unsigned threads : {1u, 2u, 5u}) {
    CsvOptions options;
    options.run.threads = threads;
    std::uint64_t last = 0;
    options.run.progress = [&](std::uint64_t done, std::uint64_t total) {
      EXPECT_GE(done, last);
      EXPECT_EQ(total, csv.size());
      last = done;
    };
    const auto users = read_csv(one("number"), csv, options);
    ASSERT_TRUE(users) << users.error().message;
    EXPECT_EQ(last, csv.size());
    ASSERT_EQ(users->table.size(), keys.size());
    std::string buffer;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      ASSERT_EQ(users->table.key(i, buffer), keys[i]);
      ASSERT_EQ(users->table.column(TagId{0}).doubles[i], static_cast<double>(i));
    }
  }
}

TEST(Csv, TheFirstBadCellOfManyBatchesIsReportedWithItsLine) {
  std::vector<std::string> keys;
  std::string csv = random_csv(60'000, keys);
  const std::size_t lines = static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n'));
  csv.append(",last,x\n,after,y\n");
  for (const unsigned threads : {1u, 3u}) {
    CsvOptions options;
    options.run.threads = threads;
    std::string expected = "bad_cell: line ";
    expected.append(std::to_string(lines + 1)).append(", column 3 (v): 'x' is not a number");
    EXPECT_EQ(refusal(read_csv(one("number"), csv, options)), expected);
  }
}

TEST(Csv, StopsWhenCancelled) {
  CancelToken cancel;
  cancel.cancel();
  CsvOptions options;
  options.run.cancel = &cancel;
  EXPECT_EQ(refusal(read_csv(one("bool"), "id,v\na,1\n", options)),
            "cancelled: cancelled by the caller");
}

TEST(Csv, ReadsFilesAndNamesThem) {
  const auto file = std::filesystem::temp_directory_path() / "muster_csv_test.csv";
  std::ofstream(file) << "id,v\na,1\n";
  EXPECT_TRUE(read_csv_file(one("bool"), file));
  EXPECT_EQ(
      refusal(read_csv_file(one("date"), file)),
      "bad_cell: " + file.string() + ": line 2, column 2 (v): '1' is not a date (YYYY-MM-DD)");
  const auto latin = std::filesystem::temp_directory_path() / "muster_\xe9.csv";
  std::filesystem::rename(file, latin);
  EXPECT_TRUE(refusal(read_csv_file(one("date"), latin))
                  .ends_with("muster_\\xe9.csv: line 2, column 2 (v): "
                             "'1' is not a date (YYYY-MM-DD)"));
  std::filesystem::remove(latin);
  EXPECT_EQ(refusal(read_csv_file(one("bool"), file)),
            "io: cannot read '" + file.string() + "': No such file or directory");
}

TEST(Csv, EveryPrefixAndEveryFlippedByteIsReadOrRefused) {
  const Schema schema = testing_samples::schema();
  const std::string csv =
      "fee,id,five_g,terminal,interests,since,end\r\n"
      "96,a,true,华为,\"music|video\",2020-02-29,\r\n"
      "1e2,\"b,\"\"c\"\"\",0,iPhone,\"\",1970-01-01,2000-01-01\n";
  for (std::size_t i = 0; i < csv.size(); ++i) {
    (void)read_csv(schema, csv.substr(0, i), as_null());
    for (int value = 0; value < 256; ++value) {
      std::string damaged = csv;
      damaged[i] = static_cast<char>(value);
      const auto users = read_csv(schema, damaged, as_null());
      ASSERT_TRUE(users || !users.error().message.empty());
    }
  }
}

}  // namespace
}  // namespace muster
