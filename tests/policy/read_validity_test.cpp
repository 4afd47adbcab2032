#include <gtest/gtest.h>

#include "policy/catalogue_text.hpp"

namespace muster {
namespace {

using Lines = std::vector<std::string>;

std::string policy(const std::string& valid, const std::string& top = "") {
  return top + R"("policies": [{"id": "P", "name": "n", "segment": "ok", "valid": )" + valid + "}]";
}

std::string window(const std::string& valid, const std::string& top = "") {
  const Catalogue catalogue = catalogue_from(policy(valid, top));
  const Validity found = catalogue.policies()[0].valid;
  return to_string(found.from) + " " + to_string(found.until);
}

TEST(ReadValidity, DatesAreDaysOfAPlace) {
  const std::string days = R"({"from": "2026-11-01", "until": "2026-12-31")";
  EXPECT_EQ(window(days + "}"), "2026-11-01T00:00:00Z 2027-01-01T00:00:00Z");
  EXPECT_EQ(window(days + "}", R"("time_zone": "Asia/Shanghai", )"),
            "2026-10-31T16:00:00Z 2026-12-31T16:00:00Z");
  EXPECT_EQ(
      window(days + R"(, "time_zone": "Europe/Berlin"})", R"("time_zone": "Asia/Shanghai", )"),
      "2026-10-31T23:00:00Z 2026-12-31T23:00:00Z");
  // From summer time to winter time.
  EXPECT_EQ(
      window(R"({"from": "2026-10-01", "until": "2026-10-31", "time_zone": "Europe/Berlin"})"),
      "2026-09-30T22:00:00Z 2026-10-31T23:00:00Z");
  EXPECT_EQ(window(R"({"from": "2026-11-01", "until": "2026-11-01"})"),
            "2026-11-01T00:00:00Z 2026-11-02T00:00:00Z");
}

TEST(ReadValidity, MomentsAreMoments) {
  EXPECT_EQ(window(R"({"from": "2026-11-01T08:00:00+08:00", "until": "2026-11-01T00:00:01Z"})",
                   R"("time_zone": "Asia/Shanghai", )"),
            "2026-11-01T00:00:00Z 2026-11-01T00:00:01Z");
}

TEST(ReadValidity, EitherEndMayBeOpen) {
  const Validity open;
  EXPECT_EQ(window("{}"), to_string(open.from) + " " + to_string(open.until));
  EXPECT_EQ(window(R"({"from": "2026-11-01"})"), "2026-11-01T00:00:00Z " + to_string(open.until));
  EXPECT_EQ(window(R"({"until": "9999-12-31"})"),
            to_string(open.from) + " second 253402300800 from 1970");
}

TEST(ReadValidity, SaysWhatIsWrong) {
  EXPECT_EQ(errors_in(policy("[]")),
            (Lines{"2:65: error: 'valid' must be an object, not an array"}));
  EXPECT_EQ(errors_in(policy(R"({"till": "2026-11-01"})")),
            (Lines{"2:66: error: 'valid' has no key 'till'"}));
  EXPECT_EQ(errors_in(policy(R"({"from": "2026-11-31"})")),
            (Lines{"2:74: error: 'from' must be a date (2026-11-01) or a moment "
                   "(2026-11-01T00:00:00+08:00), not '2026-11-31'"}));
  EXPECT_EQ(errors_in(policy(R"({"until": 20261101})")),
            (Lines{"2:75: error: 'until' must be a string, not a number"}));
  EXPECT_EQ(errors_in(policy(R"({"from": "2026-11-02", "until": "2026-11-01"})")),
            (Lines{"2:65: error: the validity ends before it begins"}));
  EXPECT_EQ(errors_in(policy(R"({"from": "2026-11-02T00:00:00Z", "until": "2026-11-01"})")),
            (Lines{"2:65: error: the validity ends before it begins"}));
  EXPECT_EQ(errors_in(policy(R"({"time_zone": "Mars"})")),
            (Lines{"2:79: error: unknown time zone 'Mars'"}));
}

}  // namespace
}  // namespace muster
