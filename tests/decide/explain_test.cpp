#include "decide/explain.hpp"

#include <gtest/gtest.h>

#include "draft.hpp"
#include "random_case.hpp"

namespace muster::testing {
namespace {

using Kind = ContactRule::Kind;

ContactRule rule_of(std::string id, Kind kind) {
  ContactRule rule;
  rule.id = std::move(id);
  rule.kind = kind;
  rule.span = {ContactSpan::Unit::ever, 1};
  return rule;
}

/// A decision about the usual user, explained.
struct World {
  explicit World(const Draft& draft, std::vector<Contact> contacts = {}) {
    history->all = std::move(contacts);
    EXPECT_TRUE(engine.deploy(draft.make()));
    const User user = world_user(engine.catalogue()->schema());
    EXPECT_TRUE(engine.decide({"u", user}, noon, {.record = &record}));
    history->all.clear();  // the record knows
  }

  PolicyReason explain(std::string_view policy) const {
    return engine.explain(record, policy).value();
  }
  std::string text(std::string_view policy, Language language = Language::english) const {
    return to_text(explain(policy), *engine.catalogue(), language);
  }

  std::shared_ptr<FixedHistory> history = std::make_shared<FixedHistory>();
  Engine engine{{.history = history}};
  std::vector<std::byte> record;
};

Contact contact(std::string policy, std::string channel, Outcome outcome = Outcome::none) {
  return {{noon.seconds - 60}, std::move(policy), std::move(channel), outcome, {}};
}

/// How the channels of small_draft rank, as text.
std::string ranks(Language language) {
  return language == Language::english
             ? "  channels (preference x liked + response x propensity - cost x cost share):\n"
               "    app: 0.5 = 0 x 0 + 1 x 0.5 - 1 x 0\n"
               "    sms: 0.25 = 0 x 0 + 1 x 0.5 - 1 x 0.25\n"
             : "  渠道排序（偏好权重 x 是否偏好 + 响应权重 x 响应概率 - 成本权重 x 成本占比）：\n"
               "    app：0.5 = 0 x 0 + 1 x 0.5 - 1 x 0\n"
               "    sms：0.25 = 0 x 0 + 1 x 0.5 - 1 x 0.25\n";
}

TEST(Explain, SaysWhatOfASegmentFails) {
  Draft draft = small_draft();
  draft.policies[0].name = "存费送费";
  draft.policies[0].segment = "fee = 59 AND arpu > 100";
  const World world(draft);
  const PolicyReason reason = world.explain("A");
  EXPECT_EQ(reason.policy, "A");
  EXPECT_EQ(reason.reason, Reason::not_in_segment);
  EXPECT_EQ(reason.part, "segment");
  ASSERT_TRUE(reason.rule);
  EXPECT_FALSE(reason.rule->matches);
  ASSERT_EQ(reason.rule->change.changes.size(), 1u);
  EXPECT_EQ(reason.rule->change.changes[0].text, "fee = 59");
  EXPECT_TRUE(reason.blocked.empty());
  EXPECT_EQ(world.text("A"),
            "A (存费送费): the user is not in the policy's segment\n"
            "  segment:\n"
            "    no  fee = 59 (is 96)\n"
            "    yes arpu > 100 (is 120)\n"
            "  the smallest change:\n"
            "    fee = 59\n");
  EXPECT_EQ(world.text("A", Language::chinese),
            "A（存费送费）：用户不在政策的目标客群内\n"
            "  目标客群：\n"
            "    不满足 fee = 59（该用户为 96）\n"
            "    满足 arpu > 100（该用户为 120）\n"
            "  最小变化：\n"
            "    fee = 59\n");
}

TEST(Explain, NamesTheRuleThatIsNotTrue) {
  const auto part = [](std::string Policy::*rule) {
    Draft draft = small_draft();
    draft.policies[0].*rule = "vip";
    const PolicyReason reason = World(draft).explain("A");
    EXPECT_EQ(reason.rule->literals.size(), 1u);
    return reason.part + " " + std::string(name(reason.reason));
  };
  EXPECT_EQ(part(&Policy::eligibility), "eligibility not_eligible");
  EXPECT_EQ(part(&Policy::applicability), "applicability not_applicable");
  EXPECT_EQ(part(&Policy::suitability), "suitability not_suitable");
}

TEST(Explain, SaysWhereNothingWouldHelp) {
  Draft draft = small_draft();
  draft.policies[0].segment = "fee < 1 AND fee > 1 OR fee IS NULL";
  const World world(draft);
  EXPECT_EQ(world.explain("A").rule->change.found, Verdict::no);
  EXPECT_NE(world.text("A").find("  no change of tags would help\n"), std::string::npos);
  EXPECT_NE(world.text("A", Language::chinese).find("  任何标签变化都不能使其满足\n"),
            std::string::npos);
}

TEST(Explain, SaysWhereNothingWasFound) {
  const Catalogue catalogue = small_draft().make();
  PolicyReason reason;
  reason.policy = "A";
  reason.reason = Reason::not_suitable;
  reason.part = "suitability";
  reason.rule.emplace();
  reason.rule->change.found = Verdict::unknown;
  EXPECT_EQ(to_text(reason, catalogue, Language::english),
            "A: the policy would not be good for the user\n"
            "  suitability:\n"
            "  no change that would help was found\n");
  EXPECT_EQ(to_text(reason, catalogue, Language::chinese),
            "A：政策不适合该用户\n"
            "  适合条件：\n"
            "  未找到可使其满足的变化\n");
}

TEST(Explain, ListsTheChannelsThatAreBlockedAndTheirRules) {
  Draft draft = small_draft();
  draft.channels.push_back(channel("web"));
  draft.channels.push_back(channel("night"));
  draft.channels.push_back(channel("zone"));
  draft.channels[4].hours = {{0x7f, 0, 3600}};
  ContactRule silence = rule_of("silence", Kind::do_not_contact);
  silence.when = "fee = 96";
  silence.channels = {0};
  ContactRule quiet = rule_of("quiet", Kind::quiet_hours);
  quiet.hours = {{0x7f, 11 * 3600, 13 * 3600}};
  quiet.channels = {1};
  ContactRule loose = rule_of("loose", Kind::cap);
  loose.most = 9;
  ContactRule cap = rule_of("cap", Kind::cap);
  cap.most = 2;
  cap.counts = ContactRule::Counts::policy;
  cap.channels = {3};
  ContactRule rest = rule_of("rest", Kind::cool_down);
  rest.outcome = Outcome::declined;
  rest.counts = ContactRule::Counts::channel;
  draft.contact_rules = {silence, quiet, loose, cap, rest};
  const World world(draft, {contact("A", "web"), contact("A", "web"), contact("A", "web"),
                            contact("B", "zone", Outcome::declined)});
  const PolicyReason reason = world.explain("A");
  EXPECT_EQ(reason.reason, Reason::do_not_contact);  // of the first channel
  EXPECT_EQ(world.text("A"),
            "A: the user must not be contacted\n"
            "  channel sms: the user must not be contacted (rule silence)\n"
            "  channel app: it is a quiet hour (rule quiet)\n"
            "  channel web: the user was contacted as often as allowed (rule cap, 3 contacts, at "
            "most 2)\n"
            "  channel night: the channel is closed now\n"
            "  channel zone: an earlier contact is cooling down (rule rest)\n");
  EXPECT_EQ(world.text("A", Language::chinese),
            "A：用户要求免打扰\n"
            "  渠道 sms：用户要求免打扰（规则 silence）\n"
            "  渠道 app：当前为静默时段（规则 quiet）\n"
            "  渠道 web：接触次数已达上限（规则 cap，3 次，上限 2 次）\n"
            "  渠道 night：渠道当前不在营业时间\n"
            "  渠道 zone：处于接触冷却期（规则 rest）\n");
  ASSERT_EQ(reason.blocked.size(), 5u);
  EXPECT_EQ(reason.blocked[4].count, 1u);
}

TEST(Explain, NamesThePolicyThatTookThePlace) {
  Draft draft = small_draft();
  for (const char* id : {"B", "C", "D"}) draft.policies.push_back(policy(id));
  for (std::size_t i = 0; i < 4; ++i) draft.policies[i].value = 100 - static_cast<double>(i);
  draft.policies[0].groups = {"g"};
  draft.policies[2].groups = {"g", "h"};
  draft.arbitration.secondary = 1;
  const World world(draft);
  EXPECT_EQ(world.explain("A").reason, Reason::primary);
  EXPECT_EQ(world.explain("A").better, "");
  EXPECT_EQ(world.explain("B").reason, Reason::secondary);
  EXPECT_EQ(world.explain("C").reason, Reason::excluded);
  EXPECT_EQ(world.explain("C").better, "A");
  EXPECT_EQ(world.explain("D").reason, Reason::outranked);
  EXPECT_EQ(world.explain("D").better, "B");
  EXPECT_EQ(world.text("D"),
            "D: there are enough better policies\n" + ranks(Language::english) + "  better: B\n");
  EXPECT_EQ(world.text("C", Language::chinese),
            "C：同一互斥组内已有更优政策\n" + ranks(Language::chinese) + "  更优政策：A\n");
}

TEST(Explain, GivesTheFormulaThatRankedTheChannelsAndItsWeights) {
  Draft draft = small_draft();
  draft.channels[1].preferred_when = "fee = 96";
  draft.arbitration.others = {0.5, 2, 1};
  draft.policies.push_back(policy("B"));
  draft.policies[1].segment = "vip";
  const World world(draft);
  const PolicyReason reason = world.explain("A");
  EXPECT_EQ(reason.weights, draft.arbitration.others);
  ASSERT_EQ(reason.channels.size(), 2u);
  EXPECT_EQ(reason.channels[0].channel, 1u);
  EXPECT_TRUE(reason.channels[0].preferred);
  EXPECT_EQ(reason.channels[0].rank, 1.5);
  EXPECT_EQ(reason.channels[1].cost_share, 0.25);
  EXPECT_EQ(reason.channels[1].rank, 0.75);
  EXPECT_EQ(world.text("A"),
            "A: offered first\n"
            "  channels (preference x liked + response x propensity - cost x cost share):\n"
            "    app: 1.5 = 0.5 x 1 + 2 x 0.5 - 1 x 0\n"
            "    sms: 0.75 = 0.5 x 0 + 2 x 0.5 - 1 x 0.25\n");
  EXPECT_EQ(world.text("A", Language::chinese),
            "A：主推\n"
            "  渠道排序（偏好权重 x 是否偏好 + 响应权重 x 响应概率 - 成本权重 x 成本占比）：\n"
            "    app：1.5 = 0.5 x 1 + 2 x 0.5 - 1 x 0\n"
            "    sms：0.75 = 0.5 x 0 + 2 x 0.5 - 1 x 0.25\n");
  EXPECT_TRUE(world.explain("B").channels.empty());
}

TEST(Explain, NeedsAPolicyOfTheCatalogue) {
  const World world(small_draft());
  const auto error = world.engine.explain(world.record, "Z").error();
  EXPECT_EQ(error.code, Errc::unknown_policy);
  EXPECT_EQ(error.message, "the catalogue has no policy 'Z'");
  EXPECT_EQ(Engine().explain(world.record, "A").error().code, Errc::unknown_catalogue);
  EXPECT_EQ(world.engine.explain({}, "A").error().code, Errc::corrupt);
}

TEST(Explain, AgreesWithTheView) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Dice dice(seed + 7000);
    const Draft draft = random_draft(dice);
    const Catalogue catalogue = draft.make();
    const auto history = std::make_shared<FixedHistory>();
    Engine engine({.history = history});
    ASSERT_TRUE(engine.deploy(catalogue));
    for (int i = 0; i < 5; ++i) {
      const User user = random_user(catalogue.schema(), dice);
      const Moment now = random_moment(dice, catalogue.time_zone());
      *history = random_history(draft, now, dice);
      std::vector<std::byte> record;
      const PolicyView view = engine.decide({"u1", user}, now, {.record = &record}).value();
      std::map<std::string, Reason> reasons;
      for (const Offer& one : view.offers()) {
        reasons[catalogue.policies()[one.policy].id] =
            one.primary ? Reason::primary : Reason::secondary;
      }
      for (const Omission& one : view.omissions()) {
        reasons[catalogue.policies()[one.policy].id] = one.reason;
      }
      for (const Policy& its : catalogue.policies()) {
        const PolicyReason reason = engine.explain(record, its.id).value();
        const auto found = reasons.find(its.id);
        ASSERT_EQ(reason.reason, found == reasons.end() ? Reason::not_in_segment : found->second);
        ASSERT_EQ(reason.rule.has_value(), step_of(reason.reason) == Step::match);
        if (reason.rule) {
          ASSERT_FALSE(reason.rule->matches) << reason.part;
        }
        const Step step = step_of(reason.reason);
        ASSERT_EQ(reason.channels.empty(), step != Step::arbitrate && step != Step::offered);
        ASSERT_EQ(reason.better.empty(), step_of(reason.reason) != Step::arbitrate);
        if (step_of(reason.reason) == Step::contact) {
          ASSERT_FALSE(reason.blocked.empty());
          ASSERT_EQ(reason.blocked[0].reason, reason.reason);
        }
        for (const ChannelBlock& block : reason.blocked) {
          ASSERT_EQ(block.rule.empty(), block.reason == Reason::channel_closed);
        }
      }
    }
  }
}

}  // namespace
}  // namespace muster::testing
