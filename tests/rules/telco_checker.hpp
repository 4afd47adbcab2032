#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "muster/rules/check.hpp"

namespace muster::telco_world {

/// Tags of every type, nullable and not.
inline Schema telco_schema() {
  std::vector<Tag> tags = {
      {.name = "vip", .type = TagType::boolean},
      {.name = "complained", .type = TagType::boolean, .nullable = true},
      {.name = "terminal",
       .type = TagType::category,
       .values = {"iPhone", "Huawei", "Honor", "vivo"}},
      {.name = "city", .type = TagType::category, .nullable = true, .values = {"北京", "上海"}},
      {.name = "interests", .type = TagType::category_set, .values = {"video", "game", "music"}},
      {.name = "likes", .type = TagType::category_set, .nullable = true, .values = {"a", "b"}},
      {.name = "plan_fee", .type = TagType::number},
      {.name = "arpu", .type = TagType::number, .nullable = true},
      {.name = "contract_end", .type = TagType::date, .nullable = true},
      {.name = "joined", .type = TagType::date},
  };
  return *Schema::make(std::move(tags));
}

/// With a few segments.
inline Checker telco_checker() {
  Checker checker(telco_schema());
  EXPECT_TRUE(checker.define("heavy", "arpu > 100 OR vip"));
  EXPECT_TRUE(checker.define("quiet", "NOT complained"));
  EXPECT_TRUE(checker.define("both", "SEGMENT(heavy) AND SEGMENT(quiet)"));
  EXPECT_TRUE(checker.define("nobody", "plan_fee < 1 AND plan_fee > 2"));
  return checker;
}

}  // namespace muster::telco_world
