#include "check.h"
#include "world.h"

static muster_view* make_view(void) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_engine* engine = make_engine(NULL);
  muster_user* user = make_user();
  muster_subject subject = {sizeof subject, "ming", 4, user, NULL, NULL};
  muster_view* view = NULL;
  EXPECT_OK(muster_engine_decide(engine, &subject, noon, NULL, &view, &error));
  muster_user_free(user);
  muster_engine_release(engine); /* the view lives on */
  return view;
}

static void describes_itself(const muster_view* view) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_view_info info;
  memset(&info, 0, sizeof info);
  info.size = sizeof info;
  EXPECT_OK(muster_view_describe(view, &info, &error));
  EXPECT_TEXT("ming", info.user);
  EXPECT_TEXT("v1", info.catalogue_version);
  EXPECT(info.decision_id != 0);
  EXPECT_EQ(noon, info.at);
  EXPECT_EQ(0, info.holdout);
  EXPECT_EQ(0, info.high_value);
  EXPECT_EQ(2, info.offers);
  EXPECT_EQ(1, info.omissions);
  muster_catalogue* catalogue = NULL;
  EXPECT_OK(muster_view_catalogue(view, &catalogue, &error));
  muster_catalogue_info its = {sizeof its, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0};
  EXPECT_OK(muster_catalogue_describe(catalogue, &its, &error));
  EXPECT_EQ(info.content_hash, its.content_hash);
  muster_catalogue_release(catalogue);
}

static void shows_offers_their_channels_and_scripts(const muster_view* view) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_offer offer;
  memset(&offer, 0, sizeof offer);
  offer.size = sizeof offer;
  EXPECT_OK(muster_view_offer(view, 0, &offer, &error));
  EXPECT_TEXT("keep", offer.policy);
  EXPECT_TEXT("Deposit 168", offer.name);
  EXPECT_EQ(0, offer.policy_index);
  EXPECT_EQ(1, offer.primary);
  EXPECT_EQ(120, offer.value);
  EXPECT(offer.lever == 1.5);
  EXPECT(offer.score ==
         offer.propensity * offer.value * offer.context * offer.lever - offer.contact_cost);
  EXPECT_EQ(2, offer.channels);
  muster_offer_channel channel;
  memset(&channel, 0, sizeof channel);
  channel.size = sizeof channel;
  EXPECT_OK(muster_view_channel(view, 0, 0, &channel, &error));
  EXPECT(channel.propensity == 0.25 || channel.propensity == 0.5);
  EXPECT_EQ(0, channel.preferred);
  muster_buffer script = {NULL, 0, 0};
  EXPECT_OK(
      muster_view_script(view, 0, channel.channel.data, channel.channel.size, &script, &error));
  EXPECT_BYTES("您的套餐128元", script.data, script.size);
  EXPECT_ERROR(MUSTER_UNKNOWN_CHANNEL, "the catalogue has no channel 'sms'",
               muster_view_script(view, 0, "sms", 3, &script, &error));
  EXPECT_ERROR(MUSTER_INVALID_ARGUMENT, "`offer` is past the end",
               muster_view_script(view, 2, "app", 3, &script, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_view_channel(view, 0, 2, &channel, &error));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_view_offer(view, 2, &offer, &error));
  muster_buffer_free(&script);
  muster_error_clear(&error);
}

static void shows_omissions(const muster_view* view) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_omission omission = {sizeof omission, {0, 0}, {0, 0}, 0, 0};
  EXPECT_OK(muster_view_omission(view, 0, &omission, &error));
  EXPECT_TEXT("ending", omission.policy);
  EXPECT_EQ(3, omission.policy_index);
  EXPECT_STRING("no_longer_valid", muster_reason_name(omission.reason));
  EXPECT_STATUS(MUSTER_INVALID_ARGUMENT, muster_view_omission(view, 1, &omission, &error));
  muster_error_clear(&error);
}

static void writes_json_into_the_same_memory(const muster_view* view) {
  muster_error error = MUSTER_ERROR_INIT;
  muster_buffer json = {NULL, 0, 0};
  EXPECT_OK(muster_view_json(view, &json, &error));
  EXPECT(strstr(json.data, "{\"catalogue\":\"v1\"") == json.data);
  EXPECT_EQ(strlen(json.data), json.size);
  const char* where = json.data;
  EXPECT_OK(muster_view_json(view, &json, &error));
  EXPECT(where == json.data);
  muster_buffer_free(&json);
}

void test_view(void) {
  muster_view* view = make_view();
  muster_view_retain(view);
  describes_itself(view);
  shows_offers_their_channels_and_scripts(view);
  shows_omissions(view);
  writes_json_into_the_same_memory(view);
  muster_view_release(view);
  muster_view_release(view);
}
