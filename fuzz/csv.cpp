// Any bytes as CSV of users: each record becomes a user, or is left out and accounted for. Reading
// with threads gives the same.
#include "muster/tags/csv.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"

namespace {

using muster::CsvOptions;

muster::Schema make_schema() {
  return muster::Schema::from_json(R"({"key": "id", "tags": [
      {"name": "b", "type": "bool", "nullable": true},
      {"name": "n", "type": "number"},
      {"name": "d", "type": "date", "nullable": true},
      {"name": "c", "type": "category", "nullable": true, "values": ["x", "华为"]},
      {"name": "s", "type": "set", "nullable": true, "values": ["v", "g"]}]})")
      .value();
}

void check_table(const muster::CsvUsers& users) {
  require(users.table.size() == users.report.rows, "every row that counts is a user");
  require(users.report.reported.size() <= users.report.bad_cells, "no bad cell is made up");
  std::string buffer;
  for (muster::UserIndex user = 0; user < users.table.size(); ++user) {
    const auto row = users.table.row(user);
    for (std::uint16_t tag = 0; tag < users.table.schema().size(); ++tag) {
      const auto cell = row.cell(muster::TagId{tag});
      require(!is_null(cell) || users.table.schema().tag(muster::TagId{tag}).nullable,
              "only nullable tags are NULL");
    }
    const std::string_view key = users.table.key(user, buffer);
    require(users.table.find(key) == user, "users are found by their keys");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const muster::Schema schema = make_schema();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto strict = muster::read_csv(schema, text);
  CsvOptions lenient{.on_bad_cell = CsvOptions::OnBadCell::as_null};
  const auto users = muster::read_csv(schema, text, lenient);
  if (strict) {
    require(users.has_value(), "what is right stays right");
    require(users->report.rows == strict->report.rows, "and gives the same users");
    require(strict->report.bad_cells == 0, "strict reading lets no bad cell pass");
  }
  if (!users) return 0;
  check_table(*users);
  lenient.run.threads = 3;
  const auto threaded = muster::read_csv(schema, text, lenient);
  require(threaded && threaded->report.rows == users->report.rows &&
              threaded->report.bad_cells == users->report.bad_cells,
          "threads change nothing");
  return 0;
}
