// The hidden model does what docs/simulation.md says of it.

#include "simulate/response.hpp"

#include "simulate/small_market.hpp"

namespace muster::simulate {
namespace {

class Response : public testing::Test {
 protected:
  Response() { mind_.policies.resize(market_.catalogue().policies().size()); }

  ChannelId channel(std::string_view id) const {
    return static_cast<ChannelId>(market_.catalogue().find_channel(id));
  }
  /// Over all people and policies, so that nothing hangs on one of them.
  Ppm accepted(const Mind& mind, std::string_view by, bool meant = true) const {
    Ppm sum = 0;
    for (Person person = 0; person < market_.people(); ++person) {
      for (PolicyId policy = 0; policy < mind.policies.size(); ++policy) {
        if (market_.meant_for(person, policy, 0) != meant) continue;
        sum += model_.to_accept(mind, person, policy, channel(by), 0);
      }
    }
    return sum;
  }
  template <class Change>
  Mind changed(Change change) const {
    Mind mind = mind_;
    for (Memory& memory : mind.policies) change(memory);
    return mind;
  }

  Market market_ = Market::make(retention(), small_size()).value();
  ResponseModel model_{market_, 1};
  Mind mind_;
};

TEST_F(Response, ChannelsHaveTheirManners) {
  const std::pair<std::string_view, Manner> manners_of[] = {
      {"outbound", Manner::call},   {"sms", Manner::message},       {"app", Manner::page},
      {"hotline", Manner::hotline}, {"special_zone", Manner::page}, {"shop", Manner::counter},
      {"partner", Manner::counter}, {"manager", Manner::manager},   {"installer", Manner::counter}};
  for (const auto& [id, manner] : manners_of) {
    EXPECT_EQ(manner_of(market_.catalogue().channels()[channel(id)]), manner) << id;
  }
}

TEST_F(Response, APersonSellsMoreThanAMessage) {
  EXPECT_GT(accepted(mind_, "shop"), accepted(mind_, "outbound"));
  EXPECT_GT(accepted(mind_, "outbound"), accepted(mind_, "app"));
  EXPECT_GT(accepted(mind_, "app"), accepted(mind_, "sms"));
  EXPECT_GT(accepted(mind_, "sms"), 0);
}

TEST_F(Response, RepeatedContactsTire) {
  Mind weary = mind_;
  weary.weariness = model_.burden(Manner::call, false);
  EXPECT_NEAR(static_cast<double>(accepted(weary, "shop")),
              static_cast<double>(accepted(mind_, "shop")) / 1.5,
              static_cast<double>(accepted(mind_, "shop")) / 1'000);
  EXPECT_EQ(model_.burden(Manner::call, true), 2 * model_.burden(Manner::call, false));
  Ppm left = whole;
  for (int night = 0; night < 10; ++night) left = ResponseModel::weariness_tomorrow(left);
  EXPECT_NEAR(static_cast<double>(left), 0.48 * whole, 0.02 * whole);
}

TEST_F(Response, WhatWasHeardDeclinedOrTakenIsRemembered) {
  const Ppm first = accepted(mind_, "shop");
  const Ppm again = accepted(changed([](Memory& m) { m.heard = 1; }), "shop");
  const Ppm refused = accepted(changed([](Memory& m) { m.declined_on = 0; }), "shop");
  EXPECT_NEAR(static_cast<double>(again), 0.8 * static_cast<double>(first),
              0.001 * static_cast<double>(first));
  EXPECT_NEAR(static_cast<double>(refused), 0.3 * static_cast<double>(first),
              0.001 * static_cast<double>(first));
  EXPECT_EQ(accepted(changed([](Memory& m) { m.has = true; }), "shop"), 0);
}

TEST_F(Response, NobodyWantsUnaskedWhatIsNotForThem) {
  for (Person person = 0; person < market_.people(); ++person) {
    for (PolicyId policy = 0; policy < mind_.policies.size(); ++policy) {
      if (!market_.meant_for(person, policy, 0)) {
        EXPECT_EQ(model_.to_wish(person, policy, 0), 0);
      }
    }
  }
}

TEST_F(Response, TheWearyLeaveAndTheKeptStay) {
  Mind weary = mind_, kept = mind_;
  weary.weariness = whole;
  kept.kept = true;
  for (Person person = 0; person < market_.people(); ++person) {
    EXPECT_GT(model_.to_leave(weary, person), model_.to_leave(mind_, person));
    EXPECT_LT(model_.to_leave(kept, person), model_.to_leave(mind_, person));
  }
}

TEST_F(Response, FateIsTheSameWheneverItIsAsked) {
  const Chance& chance = model_.chance();
  EXPECT_EQ(chance.draw(Draw::accept, 7, 3, 2, 11), Chance(1).draw(Draw::accept, 7, 3, 2, 11));
  EXPECT_NE(chance.draw(Draw::accept, 7, 3, 2, 11), chance.draw(Draw::accept, 7, 3, 2, 12));
  EXPECT_NE(chance.draw(Draw::accept, 7, 3, 2, 11), chance.draw(Draw::decline, 7, 3, 2, 11));
  EXPECT_NE(chance.draw(Draw::accept, 7, 3, 2, 11), Chance(2).draw(Draw::accept, 7, 3, 2, 11));
}

}  // namespace
}  // namespace muster::simulate
