#include "muster/policy/service_class.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

TEST(ServiceClass, NamesGoBothWays) {
  std::string names;
  for (std::size_t i = 0; i < service_classes; ++i) {
    const auto one = static_cast<ServiceClass>(i);
    names += std::string(name(one)) + " ";
    EXPECT_EQ(find_service_class(name(one)), one);
  }
  EXPECT_EQ(names, "sales strategic incentive retention service sensitive ");
  EXPECT_FALSE(find_service_class("Sales"));
  EXPECT_FALSE(find_service_class(""));
}

TEST(ChannelKind, NamesGoBothWays) {
  std::string names;
  for (std::size_t i = 0; i < channel_kinds; ++i) {
    const auto one = static_cast<ChannelKind>(i);
    names += std::string(name(one)) + " ";
    EXPECT_EQ(find_channel_kind(name(one)), one);
  }
  EXPECT_EQ(names, "own_shop partner_shop digital account_manager ");
  EXPECT_FALSE(find_channel_kind("shop"));
}

std::string kinds_of(const ClassTable& table, ServiceClass service_class) {
  std::string kinds;
  for (std::size_t i = 0; i < channel_kinds; ++i) {
    const auto kind = static_cast<ChannelKind>(i);
    if (table.may_carry(kind, service_class)) kinds += std::string(name(kind)) + " ";
  }
  return kinds;
}

TEST(ClassTable, BeginsWithWhatTheFieldDoes) {
  const ClassTable table;
  EXPECT_EQ(kinds_of(table, ServiceClass::sales), "partner_shop digital ");
  EXPECT_EQ(kinds_of(table, ServiceClass::strategic), "own_shop account_manager ");
  EXPECT_EQ(kinds_of(table, ServiceClass::incentive), "own_shop digital ");
  EXPECT_EQ(kinds_of(table, ServiceClass::retention), "own_shop account_manager ");
  EXPECT_EQ(kinds_of(table, ServiceClass::service), "partner_shop digital ");
  EXPECT_EQ(kinds_of(table, ServiceClass::sensitive), "own_shop ");
}

TEST(ClassTable, RowsAreReplacedAlone) {
  ClassTable table;
  table.set(ServiceClass::retention, 0b0110);
  EXPECT_EQ(kinds_of(table, ServiceClass::retention), "partner_shop digital ");
  EXPECT_EQ(kinds_of(table, ServiceClass::strategic), "own_shop account_manager ");
  table.set(ServiceClass::retention, 0);
  EXPECT_EQ(kinds_of(table, ServiceClass::retention), "");
}

}  // namespace
}  // namespace muster
