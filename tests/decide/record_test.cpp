#include "decide/record.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/checksum.hpp"
#include "decide/record_bytes.hpp"
#include "draft.hpp"
#include "random_case.hpp"

namespace muster::testing {
namespace {

struct World {
  World() {
    Draft draft = small_draft();
    draft.policies[0].quota = 7;
    ContactRule cap;
    cap.id = "cap";
    cap.most = 9;
    draft.contact_rules = {cap};
    catalogue = draft.make();
    history->all = {
        {{noon.seconds - 5}, "A", "sms", Outcome::declined, ContactRule::Scope::account},
        {{-7}, "gone", "传真", Outcome::none, ContactRule::Scope::user, true}};
    history->taken_of["A"] = {3, 4.5};
    EXPECT_TRUE(engine.deploy(*catalogue));
    User user = world_user(catalogue->schema());
    EXPECT_TRUE(user.set("likes", {"app", "game"}));
    EXPECT_TRUE(user.set("brand", "华为"));
    EXPECT_TRUE(user.set("contract_end", Date{20'000}));
    EXPECT_TRUE(user.set("arpu", std::int64_t{9'007'199'254'740'993}));
    view = engine.decide({"张三", user}, noon, {.seed = 300, .record = &record}).value();
  }

  std::optional<Catalogue> catalogue;
  std::shared_ptr<FixedHistory> history = std::make_shared<FixedHistory>();
  Engine engine{{.history = history}};
  std::vector<std::byte> record;
  std::optional<PolicyView> view;
};

/// The bytes with a checksum that is right.
std::vector<std::byte> signed_again(std::vector<std::byte> bytes) {
  bytes.resize(bytes.size() - 8);
  RecordWriter end;
  end.put_whole(checksum(bytes.data(), bytes.size()));
  bytes.insert(bytes.end(), end.bytes().begin(), end.bytes().end());
  return bytes;
}

TEST(Record, HoldsEverythingItWasDecidedFrom) {
  const World world;
  const Recorded its = read_record(world.record).value();
  EXPECT_EQ(its.catalogue_version, "1");
  EXPECT_EQ(its.content_hash, world.catalogue->content_hash());
  EXPECT_EQ(its.schema, world.catalogue->schema().fingerprint());
  EXPECT_EQ(its.user, "张三");
  EXPECT_EQ(its.now, noon);
  EXPECT_EQ(its.seed, 300u);
  ASSERT_EQ(its.values.size(), 7u);  // the derived one is not kept
  EXPECT_EQ(std::get<Number>(its.values[0].cell), Number(96));
  EXPECT_EQ(std::get<Number>(its.values[1].cell), Number(std::int64_t{9'007'199'254'740'993}));
  EXPECT_FALSE(std::get<bool>(its.values[2].cell));
  EXPECT_EQ(std::get<CategoryCode>(its.values[4].cell), CategoryCode{1});
  EXPECT_EQ(its.values[5].codes, (std::vector<CategoryCode>{CategoryCode{1}, CategoryCode{3}}));
  EXPECT_EQ(std::get<Date>(its.values[6].cell), Date{20'000});
  EXPECT_EQ(its.contacts, world.history->all);
  ASSERT_EQ(its.taken.size(), 1u);
  EXPECT_EQ(its.taken[0].first, "A");
  EXPECT_EQ(its.taken[0].second.acceptances, 3u);
  EXPECT_EQ(its.taken[0].second.cost, 4.5);
  EXPECT_LT(world.record.size(), 130u);
}

TEST(Record, ReplaysToTheSameBytesWhateverCameSince) {
  World world;
  world.history->all.clear();
  world.history->taken_of.clear();
  Draft next = small_draft();
  next.version = "2";
  ASSERT_TRUE(world.engine.deploy(next.make()));
  const PolicyView again = world.engine.replay(world.record).value();
  EXPECT_EQ(again.to_json(), world.view->to_json());
  EXPECT_EQ(again.decision_id(), world.view->decision_id());
  const Engine stranger;
  const auto unknown = stranger.replay(world.record);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::unknown_catalogue);
  EXPECT_EQ(
      unknown.error().message,
      fmt::format("the engine does not hold catalogue '1' ({:016x}), of which the decision is",
                  world.catalogue->content_hash()));
}

/// A user whose set is in no order, and holds a category twice.
struct Careless final : UserView {
  explicit Careless(const User& its_user) : user(its_user) {}
  Cell cell(TagId tag) const override {
    return tag == TagId{5} ? Cell(std::span<const CategoryCode>(likes)) : user.cell(tag);
  }
  const User& user;
  std::vector<CategoryCode> likes{CategoryCode{3}, CategoryCode{1}, CategoryCode{3}};
};

TEST(Record, OfASetInNoOrderIsReplayedToo) {
  Draft draft = small_draft();
  draft.policies[0].segment = "likes HAS ALL ('app', 'game')";
  draft.policies[0].script = "{likes}";
  draft.propensities.logistic = {{any_policy, any_channel, 0, {{TagId{5}, CategoryCode{1}, 1, 0}}}};
  draft.propensities.constants.clear();
  Engine engine;
  ASSERT_TRUE(engine.deploy(draft.make()));
  const User user = world_user(engine.catalogue()->schema());
  const Careless careless(user);
  std::vector<std::byte> record;
  const PolicyView view = engine.decide({"u", careless}, noon, {.record = &record}).value();
  ASSERT_EQ(view.offers().size(), 1u);
  EXPECT_EQ(view.script(0, 0), "app、game");
  const auto again = engine.replay(record);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->to_json(), view.to_json());
}

TEST(Record, OfNumbersThatNameNothingIsReplayed) {
  /// A history whose numbers go beyond its ids.
  struct Numbered final : ContactHistory {
    void contacts(std::string_view, See, void*) const override {}
    bool numbered_contacts(std::string_view, SeeNumbered see,
                           void* context) const noexcept override {
      constexpr auto scope = ContactRule::Scope::user;
      const std::vector<NumberedContact> some = {{{1}, 0, 7, Outcome::none, scope},
                                                 {{2}, 7, 1, Outcome::none, scope}};
      const std::vector<std::string_view> ids = {"A", "sms", "app"};
      see(context, some, ids);
      return true;
    }
    Taken taken(std::string_view) const noexcept override { return {}; }
  };
  Draft draft = small_draft();
  ContactRule cap;
  cap.id = "cap";
  cap.most = 9;
  draft.contact_rules = {cap};
  Engine engine({.history = std::make_shared<Numbered>()});
  ASSERT_TRUE(engine.deploy(draft.make()));
  const User user = world_user(engine.catalogue()->schema());
  std::vector<std::byte> record;
  const PolicyView view = engine.decide({"u", user}, noon, {.record = &record}).value();
  const Recorded its = read_record(record).value();
  ASSERT_EQ(its.contacts.size(), 2u);
  EXPECT_EQ(its.contacts[0].policy, "A");
  EXPECT_EQ(its.contacts[0].channel, "");
  EXPECT_EQ(its.contacts[1].policy, "");
  EXPECT_EQ(engine.replay(record).value().to_json(), view.to_json());
}

TEST(Record, EveryTruncationAndEveryBitFlipIsSeen) {
  const World world;
  for (std::size_t size = 0; size < world.record.size(); ++size) {
    const auto cut = world.engine.replay(std::span(world.record).first(size));
    ASSERT_FALSE(cut) << size;
    ASSERT_EQ(cut.error().code, Errc::corrupt) << size;
  }
  for (std::size_t bit = 0; bit < world.record.size() * 8; ++bit) {
    auto bytes = world.record;
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto flipped = world.engine.replay(bytes);
    ASSERT_FALSE(flipped) << bit;
    ASSERT_EQ(flipped.error().code, Errc::corrupt) << bit;
  }
}

// Whoever writes hostile bytes can write their checksum too.
TEST(Record, WithstandsBytesWhoseChecksumIsRight) {
  const World world;
  Dice dice(1);
  for (std::size_t i = 0; i < 20'000; ++i) {
    auto bytes = world.record;
    for (std::size_t k = 1 + dice.below(3); k > 0; --k) {
      bytes[8 + dice.below(bytes.size() - 16)] = static_cast<std::byte>(dice.below(256));
    }
    if (dice.one_in(4)) bytes.resize(16 + dice.below(bytes.size() - 16));
    const auto view = world.engine.replay(signed_again(bytes));
    if (view) {
      EXPECT_FALSE(view->to_json().empty());
    }
    const auto reason = world.engine.explain(signed_again(bytes), "A");
    EXPECT_EQ(bool(view), bool(reason));
  }
}

TEST(Record, SaysWhatIsWrong) {
  const World world;
  const auto message = [&](const std::vector<std::byte>& bytes) {
    return read_record(bytes).error().message;
  };
  EXPECT_EQ(message({}), "the decision record is damaged: too short");
  auto bytes = world.record;
  bytes[0] = std::byte{'X'};
  EXPECT_EQ(message(bytes), "the decision record is damaged: it does not begin as one");
  bytes = world.record;
  bytes[20] ^= std::byte{1};
  EXPECT_EQ(message(bytes), "the decision record is damaged: its checksum is wrong");
  bytes = world.record;
  bytes.insert(bytes.end() - 8, std::byte{0});
  EXPECT_EQ(message(signed_again(bytes)),
            "the decision record is damaged: something follows its end");
  bytes = world.record;
  bytes.erase(bytes.end() - 9);
  EXPECT_EQ(message(signed_again(bytes)), "the decision record is damaged: it can not be read");
  bytes = world.record;
  bytes[8] = std::byte{2};
  const auto newer = read_record(signed_again(bytes));
  EXPECT_EQ(newer.error().code, Errc::unsupported_version);
  EXPECT_EQ(newer.error().message, "a decision record of version 2; this library reads version 1");
}

TEST(Record, RefusesValuesThatSuitNoTag) {
  const World world;
  const Schema& schema = world.catalogue->schema();
  const Recorded right = read_record(world.record).value();
  EXPECT_TRUE(RecordedUser::make(schema, right));
  const auto error = [&](const std::function<void(Recorded&)>& change) {
    Recorded wrong = right;
    change(wrong);
    return RecordedUser::make(schema, wrong).error().message;
  };
  EXPECT_EQ(error([](Recorded& its) { its.values.pop_back(); }),
            "the decision record is damaged: its user is of another schema than its catalogue");
  EXPECT_EQ(error([](Recorded& its) { ++its.schema; }),
            "the decision record is damaged: its user is of another schema than its catalogue");
  const std::string unsuited = "the decision record is damaged: a value does not suit its tag";
  EXPECT_EQ(error([](Recorded& its) { its.values[0].cell = true; }), unsuited);
  EXPECT_EQ(error([](Recorded& its) { its.values[2].cell = Number(1); }), unsuited);
  EXPECT_EQ(error([](Recorded& its) { its.values[4].cell = CategoryCode{3}; }), unsuited);
  EXPECT_EQ(error([](Recorded& its) { its.values[5].codes = {CategoryCode{4}}; }), unsuited);
  EXPECT_EQ(error([](Recorded& its) { its.values[6].cell = CategoryCode{0}; }), unsuited);
}

TEST(Record, NumbersOfEverySizeComeBack) {
  RecordWriter out;
  const std::uint64_t numbers[] = {0, 1, 127, 128, 16'383, 16'384, ~std::uint64_t{0}};
  const std::int64_t both[] = {0, -1, 1, INT64_MIN, INT64_MAX};
  for (const auto number : numbers) out.put(number);
  for (const auto number : both) out.put_signed(number);
  out.put_text("文");
  RecordReader in(out.bytes());
  for (const auto number : numbers) EXPECT_EQ(in.get(), number);
  for (const auto number : both) EXPECT_EQ(in.get_signed(), number);
  EXPECT_EQ(in.get_text(), "文");
  EXPECT_TRUE(in.good());
  EXPECT_EQ(in.left(), 0u);
  EXPECT_EQ(in.get(), 0u);
  EXPECT_FALSE(in.good());

  const std::vector<std::byte> endless(11, std::byte{0xff});
  RecordReader past(endless);
  EXPECT_EQ(past.get(), 0u);
  EXPECT_FALSE(past.good());
}

}  // namespace
}  // namespace muster::testing
