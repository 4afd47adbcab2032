#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;
using Unit = ContactSpan::Unit;

std::string rule(const std::string& within) {
  return R"("policies": [], "contact_rules": [{"id": "r", "kind": "cap", "most": 1, "within": )" +
         within + "}]";
}

TEST(ReadSpan, ReadsEveryUnit) {
  const struct {
    const char* text;
    Unit unit;
    std::uint32_t count;
  } cases[] = {{R"({"rolling_days": 90})", Unit::rolling_days, 90},
               {R"({"days": 1})", Unit::days, 1},
               {R"({"weeks": 2})", Unit::weeks, 2},
               {R"({"months": 10000})", Unit::months, 10'000},
               {R"("ever")", Unit::ever, 1}};
  for (const auto& [text, unit, count] : cases) {
    const Catalogue catalogue = catalogue_from(rule(text));
    const ContactSpan span = catalogue.contact_rules()[0].span;
    EXPECT_EQ(span.unit, unit) << text;
    EXPECT_EQ(span.count, count) << text;
  }
}

TEST(ReadSpan, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(rule(R"("evr")")),
            (Lines{"2:83: error: 'within' must be ever, not 'evr'; did you mean 'ever'?"}));
  EXPECT_EQ(errors_in(rule("1")), (Lines{"2:83: error: 'within' must be an object, not a number"}));
  EXPECT_EQ(errors_in(rule("{}")), (Lines{"2:83: error: 'within' must have one key, not 0"}));
  EXPECT_EQ(errors_in(rule(R"({"days": 1, "weeks": 1})")),
            (Lines{"2:83: error: 'within' must have one key, not 2"}));
  EXPECT_EQ(errors_in(rule(R"({"week": 1})")),
            (Lines{"2:84: error: 'within' has no key 'week'; did you mean 'weeks'?"}));
  for (const char* count : {"0", "10001", "1.5", "-1", "1e400"}) {
    EXPECT_EQ(errors_in(rule(R"({"days": )" + std::string(count) + "}")),
              (Lines{"2:92: error: 'days' must be a whole number from 1 to 10000"}))
        << count;
  }
}

}  // namespace
}  // namespace muster
