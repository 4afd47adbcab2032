#include <fmt/format.h>

#include "simulate/report.hpp"

namespace muster::simulate {
namespace {

std::string percent(double rate) { return fmt::format("{:.1f} %", 100 * rate); }

std::string with_interval(Proportion proportion) {
  const RateInterval interval = wilson(proportion);
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * rate(proportion), 100 * interval.low,
                     100 * interval.high);
}

std::string points(Proportion a, Proportion b) {
  const RateInterval interval = newcombe(a, b);
  return fmt::format("{:+.1f} ({:+.1f} to {:+.1f})", 100 * (rate(a) - rate(b)), 100 * interval.low,
                     100 * interval.high);
}

std::string money(Cents cents) { return fmt::format("{:.2f}", static_cast<double>(cents) / 100); }

std::string ratio(double sum, std::uint64_t number) {
  return number == 0 ? "-" : fmt::format("{:.2f}", sum / static_cast<double>(number));
}

std::string each(Cents cents, std::uint64_t number) {
  return ratio(static_cast<double>(cents) / 100, number);
}

std::string line(std::string_view what, std::string_view a, std::string_view b) {
  return fmt::format("{:<46}{:>24}{:>24}\n", what, a, b);
}

/// A row of the table, from the figures of one world.
template <class Cell>
std::string row(std::string_view what, const Figures& a, const Figures& b, Cell cell) {
  return line(what, cell(a), cell(b));
}

std::string heading(const Simulation& simulation, const Figures& figures) {
  const Market& market = simulation.market();
  return fmt::format(
      "{} customers and {} held out, {} policies, {} week{} from {}, seed {}\n"
      "95 % intervals in brackets; money in {}\n\n",
      figures.customers, figures.takers_held_out.trials, market.catalogue().policies().size(),
      market.calendar().weeks(), market.calendar().weeks() == 1 ? "" : "s",
      to_string(market.calendar().date(0)), market.size().seed,
      market.catalogue().currency().empty() ? "the catalogue's currency"
                                            : market.catalogue().currency());
}

std::string contact_rows(const Figures& a, const Figures& b) {
  std::string out = line("", "old way", "Muster's way");
  out += row("success: accepted, of contacts that met", a, b,
             [](const Figures& f) { return with_interval(f.success); });
  out += row("  the same, where a person talks to them", a, b,
             [](const Figures& f) { return with_interval(f.talks); });
  out += row("participation: met, of those with an offer", a, b,
             [](const Figures& f) { return with_interval(f.participation); });
  out += row("contacts per customer", a, b,
             [](const Figures& f) { return ratio(static_cast<double>(f.contacts), f.customers); });
  out += row("contacts about what was taken or declined", a, b,
             [](const Figures& f) { return percent(rate(f.repeats)); });
  out += row("weeks sought by several channels", a, b,
             [](const Figures& f) { return percent(rate(f.crowded)); });
  out += row("contacts outside the target group", a, b,
             [](const Figures& f) { return percent(rate(f.off_target)); });
  return out;
}

std::string money_rows(const Figures& a, const Figures& b) {
  std::string out = row("acceptances, asked", a, b,
                        [](const Figures& f) { return std::to_string(f.success.successes); });
  out +=
      row("acceptances, unasked", a, b, [](const Figures& f) { return std::to_string(f.unasked); });
  if (a.turned_away + b.turned_away > 0) {
    out += row("unasked, but nothing was left", a, b,
               [](const Figures& f) { return std::to_string(f.turned_away); });
  }
  out += row("contact cost per acceptance asked", a, b,
             [](const Figures& f) { return each(f.contact_cost, f.success.successes); });
  out += row("value of acceptances", a, b, [](const Figures& f) { return money(f.value); });
  out += row("net of gifts and contacts", a, b, [](const Figures& f) { return money(f.net()); });
  return out;
}

/// What it was good for: against the people held out, and against what is known here alone, the
/// same people had nobody approached them.
std::string effect_rows(const Figures& alone, const Figures& a, const Figures& b) {
  std::string out = row("customers who took something", a, b,
                        [](const Figures& f) { return with_interval(f.takers); });
  out += row("  more than the held out, points", a, b,
             [](const Figures& f) { return points(f.takers, f.takers_held_out); });
  out += row("  more than if left alone, points", a, b, [&](const Figures& f) {
    return fmt::format("{:+.1f}", 100 * (rate(f.takers) - rate(alone.takers)));
  });
  out += row("net, more than if left alone", a, b,
             [&](const Figures& f) { return money(f.net() - alone.net()); });
  out += row("customers who left", a, b, [](const Figures& f) { return percent(rate(f.left)); });
  return out + fmt::format("if left alone: {} take something, {} leave\n",
                           percent(rate(alone.takers)), percent(rate(alone.left)));
}

std::string channel_rows(const Market& market, const Figures& a, const Figures& b) {
  std::string out = fmt::format("\n{:<22}{:>24}{:>24}\n", "channel: contacts, success", "old way",
                                "Muster's way");
  const auto cell = [](const ChannelFigures& f) {
    return fmt::format("{:>8} {:>8}", f.contacts,
                       f.success.trials == 0 ? "-" : percent(rate(f.success)));
  };
  for (std::size_t i = 0; i < a.channels.size(); ++i) {
    out += fmt::format("{:<26}{:>20}{:>24}\n", market.catalogue().channels()[i].id,
                       cell(a.channels[i]), cell(b.channels[i]));
  }
  return out;
}

}  // namespace

std::string to_text(const Simulation& simulation) {
  const Figures alone = add_up(simulation.alone());
  const Figures old_way = add_up(simulation.old_way());
  const Figures muster = add_up(simulation.muster());
  return heading(simulation, muster) + contact_rows(old_way, muster) + money_rows(old_way, muster) +
         effect_rows(alone, old_way, muster) + channel_rows(simulation.market(), old_way, muster);
}

}  // namespace muster::simulate
