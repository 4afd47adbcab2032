#include <fmt/format.h>

#include "muster/decide/explanation.hpp"

namespace muster {
namespace {

/// Writes a PolicyReason in one language.
class ReasonText {
 public:
  ReasonText(const Catalogue& catalogue, Language language)
      : catalogue_(catalogue), language_(language), chinese_(language == Language::chinese) {}

  std::string run(const PolicyReason& reason) {
    add_head(reason);
    if (reason.rule) add_rule(reason.part, *reason.rule);
    add_channels(reason);
    for (const ChannelBlock& block : reason.blocked) add_block(block);
    if (!reason.better.empty()) {
      line(chinese_ ? "更优政策：{}" : "better: {}", policy_name(reason.better));
    }
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::string_view format, const Args&... args) {
    out_ += "  " + fmt::vformat(format, fmt::make_format_args(args...)) + "\n";
  }

  std::string policy_name(const std::string& id) const {
    const std::size_t at = catalogue_.find(id);
    if (at == catalogue_.policies().size()) return id;
    const std::string& name = catalogue_.policies()[at].name;
    return name.empty() || name == id
               ? id
               : id + (chinese_ ? "（" : " (") + name + (chinese_ ? "）" : ")");
  }

  std::string_view channel_name(ChannelId channel) const {
    if (channel >= catalogue_.channels().size()) return "?";
    const Channel& its = catalogue_.channels()[channel];
    return its.name.empty() ? its.id : its.name;
  }

  void add_head(const PolicyReason& reason) {
    out_ += policy_name(reason.policy) + (chinese_ ? "：" : ": ");
    out_ += describe(reason.reason, language_);
    out_ += '\n';
  }

  std::string_view part_name(std::string_view part) const {
    if (!chinese_) return part;
    if (part == "segment") return "目标客群";
    if (part == "eligibility") return "办理资格";
    if (part == "applicability") return "适用条件";
    return part == "suitability" ? "适合条件" : part;
  }

  void add_rule(std::string_view part, const Explanation& rule) {
    line(chinese_ ? "{}：" : "{}:", part_name(part));
    for (const ExplainedLiteral& literal : rule.literals) {
      const std::string_view holds =
          chinese_ ? (literal.holds ? "满足" : "不满足") : (literal.holds ? "yes" : "no ");
      line(chinese_ ? "  {} {}（该用户为 {}）" : "  {} {} (is {})", holds, literal.text,
           literal.actual);
    }
    add_change(rule.change);
  }

  void add_change(const SmallestChange& change) {
    if (change.found == Verdict::no) {
      return line("{}", chinese_ ? "任何标签变化都不能使其满足" : "no change of tags would help");
    }
    if (change.found == Verdict::unknown) {
      return line("{}",
                  chinese_ ? "未找到可使其满足的变化" : "no change that would help was found");
    }
    if (change.changes.empty()) return;
    line("{}", chinese_ ? "最小变化：" : "the smallest change:");
    for (const Change& one : change.changes) line("  {}", one.text);
  }

  void add_channels(const PolicyReason& reason) {
    if (reason.channels.empty()) return;
    line("{}", chinese_
                   ? "渠道排序（偏好权重 x 是否偏好 + 响应权重 x 响应概率 - 成本权重 x 成本占比）："
                   : "channels (preference x liked + response x propensity - cost x cost share):");
    for (const RankedChannel& channel : reason.channels) {
      line(chinese_ ? "  {}：{}" : "  {}: {}", channel_name(channel.channel),
           rank_text(channel, reason.weights));
    }
  }

  void add_block(const ChannelBlock& block) {
    const std::string_view name = channel_name(block.channel);
    const std::string_view why = describe(block.reason, language_);
    if (block.rule.empty()) {
      line(chinese_ ? "渠道 {}：{}" : "channel {}: {}", name, why);
    } else if (block.reason == Reason::contact_cap) {
      line(chinese_ ? "渠道 {}：{}（规则 {}，{} 次，上限 {} 次）"
                    : "channel {}: {} (rule {}, {} contacts, at most {})",
           name, why, block.rule, block.count, block.most);
    } else {
      line(chinese_ ? "渠道 {}：{}（规则 {}）" : "channel {}: {} (rule {})", name, why, block.rule);
    }
  }

  const Catalogue& catalogue_;
  Language language_;
  bool chinese_;
  std::string out_;
};

}  // namespace

std::string rank_text(const RankedChannel& channel, const ChannelWeights& weights) {
  return fmt::format("{:.4g} = {:g} x {} + {:g} x {:.4g} - {:g} x {:.4g}", channel.rank,
                     weights.preference, channel.preferred ? 1 : 0, weights.response,
                     channel.propensity, weights.cost, channel.cost_share);
}

std::string to_text(const PolicyReason& reason, const Catalogue& catalogue, Language language) {
  return ReasonText(catalogue, language).run(reason);
}

}  // namespace muster
