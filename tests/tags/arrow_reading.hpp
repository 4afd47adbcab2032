#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "muster/tags/arrow.hpp"
#include "tags/arrow_builder.hpp"
#include "tags/table_samples.hpp"

/// Reading users from arrays built by hand.
namespace muster::arrow_builder {

/// One tag, "x".
inline Schema schema_of(const std::string& tag, const std::string& key = "") {
  const std::string json = R"({"key": ")" + key + R"(", "tags": [{"name": "x", )" + tag + "}]}";
  return *Schema::from_json(json);
}

inline Result<ArrowUsers> read(const Schema& schema, std::vector<Node> batches) {
  ArrowArrayStream stream{};
  export_stream(std::move(batches), stream);
  auto users = ArrowUsers::from_stream(schema, stream);
  EXPECT_EQ(stream.release, nullptr);
  return users;
}

/// "true NULL …", the one tag's values, or how it went wrong; the copy in a table says the same.
inline std::string values(const Schema& schema, std::vector<Node> batches) {
  const auto users = read(schema, std::move(batches));
  if (!users) return testing_samples::refusal(users);
  std::string out, copied;
  const UserTable table = users->to_table().value();
  for (UserIndex i = 0; i < users->size(); ++i) {
    out.append(i == 0 ? "" : " ").append(testing_samples::text(schema, users->row(i)));
    copied.append(i == 0 ? "" : " ").append(testing_samples::text(schema, table.row(i)));
  }
  EXPECT_EQ(copied, out);
  return out;
}

inline const std::string nullable = R"(, "nullable": true)";
inline const std::string cities =
    R"("type": "category", "values": ["上海", "广州", "a city with a long name"])";

}  // namespace muster::arrow_builder
