#include "generate/population.hpp"

#include <gtest/gtest.h>

#include <set>

#include "generate/market.hpp"
#include "generate/places.hpp"
#include "muster/tags/csv.hpp"

namespace muster::generate {
namespace {

Population population(std::uint64_t seed = 1) { return Population::make(seed).value(); }

std::string csv(const Population& of, std::size_t users) {
  std::vector<std::int64_t> cells(of.tags().size());
  std::string text;
  const auto columns = of.columns();
  of.append_csv_header(text, columns);
  for (std::size_t user = 0; user < users; ++user) of.append_csv_line(text, columns, user, cells);
  return text;
}

/// FNV-1a: of its own, so that the figure below depends on nothing else.
std::uint64_t hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

TEST(Population, IsTheSameEverywhere) {
  EXPECT_EQ(hash(csv(population(42), 500)), 11262949194002862792u)
      << "changed on purpose? then change this too";
}

TEST(Population, SeedsDiffer) {
  EXPECT_NE(csv(population(1), 1), csv(population(2), 1));
  EXPECT_EQ(csv(population(1), 3), csv(population(1), 3));
}

TEST(Population, UsersCanBeDrawnInAnyOrder) {
  const Population all = population();
  std::vector<std::int64_t> cells(all.tags().size());
  std::vector<std::int64_t> again(all.tags().size());
  all.draw(7, cells);
  all.draw(3, again);
  all.draw(7, again);
  EXPECT_EQ(cells, again);
}

TEST(Population, HasAboutTwoHundredTagsOfEveryTypeAndKind) {
  const Population all = population();
  EXPECT_GE(all.schema().size(), 200u);
  EXPECT_LE(all.schema().size(), 240u);
  std::set<TagType> types;
  std::set<TagKind> kinds;
  bool chinese = false;
  std::size_t derived = 0;
  for (const Tag& tag : all.schema().tags()) {
    types.insert(tag.type);
    kinds.insert(tag.kind);
    chinese |= tag.name.front() < 0;
    derived += !tag.derived.empty();
    EXPECT_FALSE(tag.description.empty()) << tag.name;
    EXPECT_LE(tag.values.size(), 400u) << tag.name;
  }
  EXPECT_EQ(types.size(), 5u);
  EXPECT_EQ(kinds.size(), 3u);
  EXPECT_TRUE(chinese);
  EXPECT_GE(derived, 5u);
}

TEST(Population, HasLargeDictionaries) {
  EXPECT_EQ(places().city_names.size(), 400u);
  EXPECT_EQ(places().provinces.size(), 31u);
  EXPECT_EQ(handsets().models.size(), 400u);
  std::set<std::size_t> brands;
  for (const Handset& model : handsets().models) brands.insert(model.brand);
  EXPECT_EQ(brands.size(), handsets().brands.size()) << "a brand without models";
}

TEST(Population, DerivedTagsComeLast) {
  const Population all = population();
  bool derived = false;
  for (const Tag& tag : all.schema().tags()) {
    EXPECT_FALSE(derived && tag.derived.empty()) << tag.name;
    derived = !tag.derived.empty();
  }
}

TEST(Population, ValuesFitTheirTags) {
  const Population all = population();
  std::vector<std::int64_t> cells(all.tags().size());
  for (std::uint64_t user = 0; user < 2'000; ++user) {
    all.draw(user, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Tag& tag = all.tags()[i].tag;
      const auto values = static_cast<std::int64_t>(tag.values.size());
      if (cells[i] == unknown) {
        EXPECT_TRUE(tag.nullable) << tag.name;
      } else if (tag.type == TagType::boolean) {
        EXPECT_TRUE(cells[i] == 0 || cells[i] == 1) << tag.name;
      } else if (tag.type == TagType::category) {
        EXPECT_TRUE(cells[i] >= 0 && cells[i] < values) << tag.name;
      } else if (tag.type == TagType::category_set) {
        EXPECT_EQ(cells[i] >> values, 0) << tag.name;
      }
    }
  }
}

TEST(Population, KeysCountFromOne) {
  EXPECT_EQ(Population::key(0), "C00000001");
  EXPECT_EQ(Population::key(99'999'999), "C100000000");
}

/// Cells compared as values: sets are borrowed, so their codes are copied.
std::vector<CategoryCode> codes(const Cell& cell) {
  const auto span = std::get<std::span<const CategoryCode>>(cell);
  return {span.begin(), span.end()};
}

bool same(const Cell& a, const Cell& b) {
  if (a.index() != b.index()) return false;
  if (std::holds_alternative<std::span<const CategoryCode>>(a)) return codes(a) == codes(b);
  return std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::span<const CategoryCode>>) {
          return false;
        } else {
          return value == std::get<Value>(b);
        }
      },
      a);
}

TEST(Population, CsvReadsBackToTheTableWithoutABadCell) {
  constexpr std::size_t kUsers = 5'000;  // more than one batch of columns
  const Population all = population(3);
  const CsvUsers read = read_csv(all.schema(), csv(all, kUsers)).value();
  EXPECT_EQ(read.report.rows, kUsers);
  EXPECT_EQ(read.report.bad_cells, 0u);
  EXPECT_TRUE(read.report.ignored_columns.empty());
  const UserTable table = all.table(kUsers).value();
  ASSERT_EQ(table.size(), kUsers);
  std::string buffer;
  for (UserIndex user = 0; user < kUsers; ++user) {
    ASSERT_EQ(table.key(user, buffer), Population::key(user));
    const auto a = table.row(user);
    const auto b = read.table.row(user);
    for (std::uint16_t tag = 0; tag < all.schema().size(); ++tag) {
      ASSERT_TRUE(
          same(value_of(all.schema(), a, TagId{tag}), value_of(all.schema(), b, TagId{tag})))
          << "user " << user << ", tag " << all.schema().tag(TagId{tag}).name;
    }
  }
}

TEST(Population, LivesAroundToday) {
  const Population later = Population::make(1, Date{default_today.days + 100}).value();
  const Population now = population(1);
  std::vector<std::int64_t> a(now.tags().size());
  std::vector<std::int64_t> b(now.tags().size());
  for (std::uint64_t user = 0; user < 50; ++user) {
    now.draw(user, a);
    later.draw(user, b);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const bool date = now.tags()[i].tag.type == TagType::date && a[i] != unknown;
      EXPECT_EQ(b[i], date ? a[i] + 100 : a[i]) << now.tags()[i].tag.name;
    }
  }
}

TEST(PopulationColumns, AreThoseOfAnotherSchema) {
  const Population made = population(1);
  const Schema schema =
      Schema::make({{.name = "plan_fee", .type = TagType::number},
                    {.name = "age", .type = TagType::number, .nullable = true},
                    {.name = "twice", .type = TagType::number, .derived = "plan_fee * 2"}},
                   "customer_id")
          .value();
  const auto columns = made.columns_for(schema).value();
  std::string text;
  made.append_csv_header(text, columns);
  EXPECT_EQ(text, "customer_id,plan_fee,age\n");
}

TEST(PopulationColumns, MustBeThere) {
  const Population made = population(1);
  const auto missing = made.columns_for(Schema::make({{.name = "shoe_size"}}).value());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::unknown_tag);
  EXPECT_EQ(missing.error().message, "the made-up population has no tag 'shoe_size'");
  const auto other = made.columns_for(Schema::make({{.name = "age"}}).value());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::schema_mismatch);
  EXPECT_EQ(other.error().message, "in the made-up population 'age' is a number, not a bool");
  const auto derived =
      made.columns_for(Schema::make({{.name = "data_ratio", .type = TagType::number}}).value());
  ASSERT_FALSE(derived);
  EXPECT_EQ(derived.error().message,
            "in the made-up population 'data_ratio' is a derived number, not a number");
}

}  // namespace
}  // namespace muster::generate
