#include "simulate/market.hpp"

#include <algorithm>

#include "generate/population.hpp"
#include "muster/decide/engine.hpp"
#include "muster/tags/csv.hpp"

namespace muster::simulate {
namespace {

Result<UserTable> people_for(const Catalogue& catalogue, const MarketSize& size) {
  const auto population = generate::Population::make(size.seed);
  if (!population) return population.error();
  const auto columns = population->columns_for(catalogue.schema());
  if (!columns) return columns.error();
  std::vector<std::int64_t> cells(population->tags().size());
  std::string text;
  population->append_csv_header(text, *columns);
  for (std::uint64_t person = 0; person < size.people; ++person) {
    population->append_csv_line(text, *columns, person, cells);
  }
  auto users = read_csv(catalogue.schema(), text);
  if (!users) return users.error();
  return std::move(users->table);
}

Result<std::optional<RuleId>> add_if_any(RuleSetBuilder& builder, const std::string& rule) {
  if (rule.empty()) return std::optional<RuleId>();
  const auto id = builder.add(rule);
  if (!id) return id.error();
  return std::optional<RuleId>(*id);
}

bool is_active(const Channel& channel) { return channel.active; }

Result<void> check(const Catalogue& catalogue, const MarketSize& size) {
  if (size.people == 0 || size.people > max_people || size.weeks < 1 || size.weeks > max_weeks ||
      size.customer_base == 0 || size.customer_base > max_customer_base) {
    return Error{Errc::invalid_argument,
                 "a market has 1 to 100 000 people, 1 to 52 weeks, and capacities for 1 to "
                 "2 000 000 000 customers",
                 {}};
  }
  if (catalogue.schema().key() != "customer_id") {
    return Error{Errc::schema_mismatch, "the made-up population's key is 'customer_id'", {}};
  }
  const auto channels = catalogue.channels();
  if (std::none_of(channels.begin(), channels.end(), is_active) || catalogue.policies().empty()) {
    return Error{Errc::invalid_argument, "a market needs policies and an active channel", {}};
  }
  return {};
}

}  // namespace

Manner manner_of(const Channel& channel) {
  if (channel.kind == ChannelKind::account_manager) return Manner::manager;
  const bool voice = channel.cost >= cost_of_a_voice;
  if (channel.active) return voice ? Manner::call : Manner::message;
  if (!voice) return Manner::page;
  return channel.kind == ChannelKind::digital ? Manner::hotline : Manner::counter;
}

Market::Market(const Catalogue& catalogue, UserTable table, const MarketSize& size)
    : catalogue_(catalogue),
      table_(std::move(table)),
      size_(size),
      calendar_(catalogue.time_zone(), generate::default_today, size.weeks) {
  std::string buffer;
  for (UserIndex user = 0; user < table_.size(); ++user)
    keys_.emplace_back(table_.key(user, buffer));
}

Result<Market> Market::make(const Catalogue& catalogue, const MarketSize& size) {
  if (Result<void> good = check(catalogue, size); !good) return good.error();
  auto table = people_for(catalogue, size);
  if (!table) return table.error();
  Market market(catalogue, std::move(*table), size);
  if (Result<void> found = market.find_facts(); !found) return found.error();
  if (Result<void> found = market.find_held_out(); !found) return found.error();
  return market;
}

/// Segments, whole rules, then those that not every channel and contact rule has.
Result<RuleSet> Market::compile() {
  RuleSetBuilder builder = catalogue_.whole_rule_builder();
  for (const Policy& policy : catalogue_.policies()) {
    if (const auto id = builder.add(policy.segment); !id) return id.error();
  }
  for (const Policy& policy : catalogue_.policies()) {
    if (const auto id = builder.add(whole_rule(policy)); !id) return id.error();
  }
  for (const Channel& channel : catalogue_.channels()) {
    const auto id = add_if_any(builder, channel.preferred_when);
    if (!id) return id.error();
    liking_.push_back(*id);
  }
  for (const ContactRule& rule : catalogue_.contact_rules()) {
    const auto id = add_if_any(builder, rule.when);
    if (!id) return id.error();
    peace_.push_back(*id);
  }
  return std::move(builder).compile();
}

Result<void> Market::find_facts() {
  const auto rules = compile();
  if (!rules) return rules.error();
  words_ = (rules->size() + 63) / 64;
  facts_.resize(words_ * people() * static_cast<std::size_t>(calendar_.days()));
  Scratch scratch(*rules);
  std::vector<std::uint64_t> bits(rules->encoder().words());
  auto out = facts_.begin();
  for (int day = 0; day < calendar_.days(); ++day) {
    for (Person person = 0; person < people(); ++person) {
      const auto encoded = rules->encoder().encode(table_.row(person), calendar_.date(day), bits);
      if (!encoded) return encoded.error();
      rules->match_bits(bits, scratch, {&*out, words_});
      out += static_cast<std::ptrdiff_t>(words_);
    }
  }
  return {};
}

Result<void> Market::find_held_out() {
  Engine engine;
  if (auto deployed = engine.deploy(catalogue_); !deployed) return deployed.error();
  for (Person person = 0; person < people(); ++person) {
    const auto view = engine.decide({key(person), table_.row(person)}, calendar_.morning(0));
    if (!view) return view.error();
    held_out_.push_back(view->holdout());
  }
  return {};
}

Person Market::find(std::string_view key) const {
  return static_cast<Person>(table_.find(key).value());
}

bool Market::fact(Person person, int day, std::size_t rule) const {
  const std::size_t row = static_cast<std::size_t>(day) * people() + person;
  return (facts_[row * words_ + rule / 64] >> (rule % 64) & 1) != 0;
}

bool Market::meant_for(Person person, PolicyId policy, int day) const {
  return on_sale(policy, day) && fact(person, day, catalogue_.policies().size() + policy);
}

bool Market::on_sale(PolicyId policy, int day) const {
  const Policy& one = catalogue_.policies()[policy];
  return one.state == PolicyState::released && one.valid.contains(calendar_.morning(day));
}

bool Market::prefers(Person person, ChannelId channel) const {
  return liking_[channel] && fact(person, 0, *liking_[channel]);
}

bool Market::left_in_peace(Person person, ChannelId channel) const {
  const auto rules = catalogue_.contact_rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& channels = rules[i].channels;
    const bool concerned =
        channels.empty() || std::find(channels.begin(), channels.end(), channel) != channels.end();
    if (peace_[i] && concerned && fact(person, 0, *peace_[i])) return true;
  }
  return false;
}

bool Market::may_carry(ChannelId channel, PolicyId policy) const {
  const Policy& what = catalogue_.policies()[policy];
  const Channel& by = catalogue_.channels()[channel];
  const bool listed = what.channels.empty() ||
                      std::any_of(what.channels.begin(), what.channels.end(),
                                  [&](const PolicyChannel& one) { return one.channel == channel; });
  return listed && what.state == PolicyState::released &&
         (by.classes >> static_cast<unsigned>(what.service_class) & 1) != 0 &&
         catalogue_.class_table().may_carry(by.kind, what.service_class);
}

std::uint64_t Market::capacity(ChannelId channel) const {
  const std::uint64_t whole_base = catalogue_.channels()[channel].daily_capacity;
  if (whole_base == 0) return size_.people;
  return std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(static_cast<double>(whole_base) *
                                    static_cast<double>(size_.people) /
                                    static_cast<double>(size_.customer_base)));
}

std::int64_t Market::number(Person person, std::string_view tag, std::int64_t otherwise) const {
  const auto id = catalogue_.schema().find(tag);
  if (!id || catalogue_.schema().tag(*id).type != TagType::number) return otherwise;
  const Cell cell = table_.row(person).cell(*id);
  return is_null(cell) ? otherwise : static_cast<std::int64_t>(std::get<Number>(cell).to_double());
}

std::string_view Market::category(Person person, std::string_view tag) const {
  const auto id = catalogue_.schema().find(tag);
  if (!id || catalogue_.schema().tag(*id).type != TagType::category) return {};
  const Cell cell = table_.row(person).cell(*id);
  if (is_null(cell)) return {};
  return catalogue_.schema()
      .tag(*id)
      .values[static_cast<std::size_t>(std::get<CategoryCode>(cell))];
}

}  // namespace muster::simulate
