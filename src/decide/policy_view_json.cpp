// A view as JSON. Hashes are texts, as JSON's numbers do not hold them.

#include <fmt/format.h>

#include "core/json_builder.hpp"
#include "muster/decide/policy_view.hpp"

namespace muster {
namespace {

class ViewWriter {
 public:
  explicit ViewWriter(const PolicyView& view) : view_(view), catalogue_(view.catalogue()) {}

  std::string run() {
    json_.object([&] { write_view(); });
    return std::move(json_).take();
  }

 private:
  void write_view() {
    json_.text("catalogue", catalogue_.version());
    json_.text("content_hash", fmt::format("{:016x}", catalogue_.content_hash()));
    json_.text("decision", fmt::format("{:016x}", view_.decision_id()));
    json_.text("user", view_.user());
    json_.text("at", to_string(view_.at()));
    json_.flag("holdout", view_.holdout());
    json_.flag("high_value", view_.high_value());
    json_.object("channel_weights", [&] { write_weights(view_.channel_weights()); });
    json_.array("offers", [&] {
      for (std::size_t i = 0; i < view_.offers().size(); ++i) {
        json_.object([&] { write_offer(i); });
      }
    });
    json_.array("omissions", [&] {
      for (const Omission& one : view_.omissions()) json_.object([&] { write_omission(one); });
    });
  }

  void write_weights(const ChannelWeights& weights) {
    json_.number("preference", weights.preference);
    json_.number("response", weights.response);
    json_.number("cost", weights.cost);
  }

  void write_offer(std::size_t at) {
    const Offer& one = view_.offers()[at];
    json_.text("policy", catalogue_.policies()[one.policy].id);
    json_.flag("primary", one.primary);
    json_.number("score", one.score);
    json_.number("propensity", one.propensity);
    json_.number("value", one.value);
    json_.number("context", one.context);
    json_.number("lever", one.lever);
    json_.number("contact_cost", one.contact_cost);
    json_.array("channels", [&] {
      for (const RankedChannel& channel : one.channels) {
        json_.object([&] { write_channel(at, channel); });
      }
    });
  }

  void write_channel(std::size_t offer, const RankedChannel& channel) {
    json_.text("channel", catalogue_.channels()[channel.channel].id);
    json_.flag("preferred", channel.preferred);
    json_.number("propensity", channel.propensity);
    json_.number("cost_share", channel.cost_share);
    json_.number("rank", channel.rank);
    json_.text("script", view_.script(offer, channel.channel));
  }

  void write_omission(const Omission& one) {
    json_.text("policy", catalogue_.policies()[one.policy].id);
    json_.text("reason", name(one.reason));
  }

  const PolicyView& view_;
  const Catalogue& catalogue_;
  JsonBuilder json_;
};

}  // namespace

std::string PolicyView::to_json() const { return ViewWriter(*this).run(); }

}  // namespace muster
