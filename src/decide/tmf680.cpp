#include "muster/decide/tmf680.hpp"

#include <fmt/format.h>

#include "core/json_builder.hpp"
#include "policy/tmf_time.hpp"

namespace muster {
namespace {

class RecommendationWriter {
 public:
  explicit RecommendationWriter(const PolicyView& view)
      : view_(view), catalogue_(view.catalogue()) {}

  std::string run() {
    json_.object([&] {
      json_.text("@type", "MusterRecommendation");
      json_.text("@baseType", "QueryProductRecommendation");
      json_.text("id", fmt::format("{:016x}", view_.decision_id()));
      json_.text("state", "done");
      json_.object("relatedParty", [&] { write_reference(view_.user(), {}, "Customer"); });
      json_.array("recommendationItem", [&] {
        for (std::size_t i = 0; i < view_.offers().size(); ++i) {
          json_.object([&] { write_item(i); });
        }
      });
      write_extension();
    });
    return std::move(json_).take();
  }

 private:
  void write_reference(std::string_view id, std::string_view name, std::string_view type) {
    json_.text("id", id);
    if (!name.empty()) json_.text("name", name);
    json_.text("@referredType", type);
  }

  void write_offering(const Policy& policy) {
    if (policy.offering.empty()) return;
    json_.object("productOffering",
                 [&] { write_reference(policy.offering, {}, "ProductOffering"); });
  }

  void write_item(std::size_t at) {
    const Offer& offer = view_.offers()[at];
    const Policy& policy = catalogue_.policies()[offer.policy];
    json_.text("@type", "MusterRecommendationItem");
    json_.text("@baseType", "RecommendationItem");
    json_.text("id", policy.id);
    json_.whole("priority", at + 1);
    write_offering(policy);
    json_.object("product", [&] {
      json_.text("name", policy.name);
      if (!policy.description.empty()) json_.text("description", policy.description);
      write_offering(policy);
      json_.array("productCharacteristic", [&] { write_score(offer); });
    });
    json_.object("promotion", [&] { write_reference(policy.id, policy.name, "Promotion"); });
    json_.array("channel", [&] {
      for (const RankedChannel& channel : offer.channels) write_channel(at, channel);
    });
  }

  void write_score(const Offer& offer) {
    const Reason reason = offer.primary ? Reason::primary : Reason::secondary;
    json_.object([&] {
      json_.text("name", "reason");
      json_.text("valueType", "string");
      json_.text("value", name(reason));
    });
    write_number("score", offer.score);
    write_number("propensity", offer.propensity);
    write_number("value", offer.value);
    write_number("context", offer.context);
    write_number("lever", offer.lever);
    write_number("contactCost", offer.contact_cost);
  }

  void write_number(std::string_view name, double value) {
    json_.object([&] {
      json_.text("name", name);
      json_.text("valueType", "number");
      json_.number("value", value);
    });
  }

  void write_channel(std::size_t offer, const RankedChannel& ranked) {
    const Channel& channel = catalogue_.channels()[ranked.channel];
    json_.object([&] {
      write_reference(channel.id, channel.name, "Channel");
      json_.flag("preferred", ranked.preferred);
      json_.number("propensity", ranked.propensity);
      json_.number("rank", ranked.rank);
      const std::string script = view_.script(offer, ranked.channel);
      if (!script.empty()) json_.text("script", script);
    });
  }

  /// The standard's validFor needs an end, which a decision has not: the moment stands here.
  void write_extension() {
    if (const auto moment = to_date_time(view_.at())) json_.text("decisionDate", *moment);
    json_.object("catalogue", [&] {
      json_.text("version", catalogue_.version());
      json_.text("contentHash", fmt::format("{:016x}", catalogue_.content_hash()));
    });
    json_.flag("holdout", view_.holdout());
    json_.flag("highValue", view_.high_value());
    json_.array("omission", [&] {
      for (const Omission& omission : view_.omissions()) {
        const Policy& policy = catalogue_.policies()[omission.policy];
        json_.object([&] {
          json_.object("promotion", [&] { write_reference(policy.id, policy.name, "Promotion"); });
          json_.text("reason", name(omission.reason));
        });
      }
    });
  }

  const PolicyView& view_;
  const Catalogue& catalogue_;
  JsonBuilder json_;
};

}  // namespace

std::string to_tmf680(const PolicyView& view) { return RecommendationWriter(view).run(); }

}  // namespace muster
