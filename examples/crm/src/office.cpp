#include "office.hpp"

#include <utility>

#include "muster/evaluate/monitor_page.hpp"
#include "muster/tags/csv.hpp"

namespace crm {
namespace {

using namespace muster;

constexpr std::size_t calls_a_day = 1'000;
constexpr std::size_t tended_at_once = 1'000;
constexpr std::int64_t task_seconds = 14 * 86'400;
constexpr std::uint32_t link_key_id = 1;

Error in_file(const std::filesystem::path& file, Error error) {
  error.message = file.string() + ": " + error.message;
  return error;
}

}  // namespace

Office::Office(Catalogue catalogue, UserTable customers, ShopDirectory shops, Ledger ledger,
               LinkSigner signer)
    : catalogue_(std::move(catalogue)),
      customers_(std::move(customers)),
      shops_(std::move(shops)),
      ledger_(std::move(ledger)),
      link_signer_(std::move(signer)),
      hand_offs_(ledger_, shops_),
      links_(ledger_, link_signer_),
      history_(std::make_shared<LedgerHistory>()),
      engine_({.history = history_}),
      monitor_(catalogue_.time_zone()) {}

Result<std::unique_ptr<Office>> Office::open(const OfficeFiles& files, std::string link_secret) {
  auto catalogue = Catalogue::read(files.catalogue);
  if (!catalogue) return in_file(files.catalogue, catalogue.error());
  auto customers = read_csv_file(catalogue->schema(), files.customers);
  if (!customers) return in_file(files.customers, customers.error());
  auto shops = ShopDirectory::read(files.shops);
  if (!shops) return in_file(files.shops, shops.error());
  auto signer = LinkSigner::make({{link_key_id, std::move(link_secret)}});
  if (!signer) return signer.error();
  auto ledger = Ledger::open(files.ledger);
  if (!ledger) return in_file(files.ledger, ledger.error());
  std::unique_ptr<Office> office(new Office(*std::move(catalogue), std::move(customers->table),
                                            *std::move(shops), *std::move(ledger),
                                            *std::move(signer)));
  if (auto deployed = office->engine_.deploy(office->catalogue_); !deployed) {
    return in_file(files.catalogue, deployed.error());
  }
  return office;
}

Result<UserTable::Row> Office::row_of(std::string_view customer) const {
  if (const auto user = customers_.find(customer)) return customers_.row(*user);
  return Error{Errc::unknown_user, "there is no customer " + std::string(customer), {}};
}

Result<std::uint64_t> Office::sequence() {
  if (auto updated = history_->update(ledger_); !updated) return updated.error();
  return history_->sequence();
}

Result<PolicyView> Office::view(std::string_view customer, Moment now) {
  const auto row = row_of(customer);
  if (!row) return row.error();
  // What other channels have written by now, the customer's last contact among it.
  if (auto updated = history_->update(ledger_); !updated) return updated.error();
  return engine_.decide({customer, *row}, now);
}

Result<void> Office::may_have(std::string_view customer, std::string_view policy,
                              std::string_view channel, Moment now) {
  const auto row = row_of(customer);
  if (!row) return row.error();
  if (auto updated = history_->update(ledger_); !updated) return updated.error();
  const auto answer = engine_.check({customer, *row}, policy, channel, now, Language::chinese);
  if (!answer) return answer.error();
  if (answer->allowed) return {};
  return Error{Errc::invalid_argument, answer->text, {}};
}

/// A form that comes twice finds its views changed, by the clock alone; they are no reason to
/// refuse it, so what was done under its key is asked first.
Result<Receipt> Office::plan(const Command& command, const std::vector<PolicyView>& views) {
  const auto done = ledger_.find(command.key);
  if (!done) return done.error();
  if (*done) return **done;
  return ledger_.plan(command, views, {.due = Moment{command.now.seconds + task_seconds}});
}

Result<Receipt> Office::receive(const Command& command, std::string_view customer) {
  const auto seen = view(customer, command.now);
  if (!seen) return seen.error();
  return plan(command, {*seen});
}

Result<Receipt> Office::begin_day(std::string_view key, Moment now) {
  const std::string its(key);
  // Here and not every second: each run of expiries is an entry of the ledger.
  const auto expired = ledger_.expire({its + " expire", now}, tended_at_once);
  if (!expired) return expired.error();
  std::vector<PolicyView> views;
  std::string buffer;
  for (UserIndex user = 0; user < customers_.size(); ++user) {
    auto seen = view(customers_.key(user, buffer), now);
    if (!seen) return seen.error();
    views.push_back(*std::move(seen));
  }
  // Two commands: where the call centre is closed, the other channels have their tasks all the
  // same.
  const auto planned = plan({its + " plan", now}, views);
  if (!planned) return planned.error();
  return ledger_.dispatch({its + " dispatch", now}, catalogue_, outbound_channel, calls_a_day);
}

Result<void> Office::tend(Moment now) {
  const std::string key = "sweep " + std::to_string(now.seconds);
  const auto swept = hand_offs_.sweep({key, now}, tended_at_once);
  if (!swept) return swept.error();
  return {};
}

Result<std::vector<Task>> Office::call_list() {
  if (auto updated = board_.update(ledger_); !updated) return updated.error();
  return board_.pushed(outbound_channel);
}

Result<std::string> Office::monitor_page() {
  const std::lock_guard lock(monitor_mutex_);
  if (auto updated = monitor_.update(ledger_); !updated) return updated.error();
  const LedgerFigures figures = monitor_.figures();
  return muster::monitor_page(figures, watch(figures, catalogue_), "监控", &catalogue_);
}

}  // namespace crm
