#include "cli/view_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/report.hpp"
#include "muster/decide/explanation.hpp"

namespace muster::cli {
namespace {

std::string in_words(const Catalogue& catalogue, Moment at) {
  const LocalTime local = catalogue.time_zone().local(at);
  return fmt::format("{} {:02}:{:02}, {}", to_string(local.day), local.second / 3600,
                     local.second / 60 % 60, catalogue.time_zone().name());
}

bool carries(const Offer& offer, ChannelId channel) {
  return std::any_of(offer.channels.begin(), offer.channels.end(),
                     [&](const RankedChannel& ranked) { return ranked.channel == channel; });
}

void append_offer(std::string& out, const PolicyView& view, std::size_t i) {
  const Catalogue& catalogue = view.catalogue();
  const Offer& offer = view.offers()[i];
  const Policy& policy = catalogue.policies()[offer.policy];
  out += fmt::format("  {} {}  {}\n", offer.primary ? "主推" : "次推", policy.id, policy.name);
  out += fmt::format("       score {:.2f} = {:.3g} x {:g} x {:g} x {:g} - {:g}\n", offer.score,
                     offer.propensity, offer.value, offer.context, offer.lever, offer.contact_cost);
  for (const RankedChannel& ranked : offer.channels) {
    out += fmt::format("       channel {}: rank {}\n", catalogue.channels()[ranked.channel].name,
                       rank_text(ranked, view.channel_weights()));
  }
}

void append_said(std::string& out, const PolicyView& view, std::size_t i, ChannelId channel) {
  const Catalogue& catalogue = view.catalogue();
  const Offer& offer = view.offers()[i];
  const Policy& policy = catalogue.policies()[offer.policy];
  out += fmt::format("  {} {}  {}\n", offer.primary ? "主推" : "次推", policy.id, policy.name);
  if (!carries(offer, channel)) {
    out += fmt::format("       not here: {}\n",
                       catalogue.channels()[offer.channels.front().channel].name);
    return;
  }
  const std::string script = view.script(i, channel);
  if (!script.empty()) out += fmt::format("       “{}”\n", script);
}

void append_omissions(std::string& out, const PolicyView& view, Language language) {
  for (const Omission& omission : view.omissions()) {
    const Policy& policy = view.catalogue().policies()[omission.policy];
    out += fmt::format("  -    {}  {}: {} ({})\n", policy.id, policy.name,
                       describe(omission.reason, language), name(omission.reason));
  }
}

}  // namespace

bool append_view(std::string& out, const PolicyView& view, const std::string& channel,
                 Language language) {
  const Catalogue& catalogue = view.catalogue();
  const std::size_t id = catalogue.find_channel(channel);
  if (!channel.empty() && id == catalogue.channels().size()) {
    report(fmt::format("the catalogue has no channel '{}'", channel));
    return false;
  }
  out += fmt::format("user {}, {}, decision {:016x}{}{}\n", view.user(),
                     in_words(catalogue, view.at()), view.decision_id(),
                     view.high_value() ? ", high value" : "", view.holdout() ? ", holdout" : "");
  if (!channel.empty()) out += fmt::format("as {} shows it:\n", catalogue.channels()[id].name);
  for (std::size_t i = 0; i < view.offers().size(); ++i) {
    if (channel.empty()) {
      append_offer(out, view, i);
    } else {
      append_said(out, view, i, static_cast<ChannelId>(id));
    }
  }
  if (view.offers().empty()) out += "  nothing to offer\n";
  if (channel.empty()) append_omissions(out, view, language);
  return true;
}

}  // namespace muster::cli
