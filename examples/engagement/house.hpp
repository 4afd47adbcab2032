#pragma once

#include <iostream>
#include <memory>
#include <muster/engage/hand_off.hpp>
#include <muster/engage/ledger_history.hpp>
#include <muster/engage/link_desk.hpp>
#include <muster/engage/sheet_desk.hpp>
#include <muster/muster.hpp>
#include <stdexcept>
#include <string>

namespace story {

using namespace muster;

/// What a CRM holds of Muster: the catalogue, its customers, an engine that decides from what the
/// ledger knows, and the desks between channels. The clock is moved by whoever tells the story.
class House {
 public:
  House(const char* catalogue_file, const char* users_file, const char* shops_file,
        const char* ledger_file)
      : catalogue(Catalogue::read(catalogue_file).value()),
        ledger(Ledger::open(ledger_file).value()),
        directory(ShopDirectory::read(shops_file).value()),
        shops(ledger, directory),
        links(ledger, LinkSigner::make({{1, secret}}).value()),
        sheets(ledger),
        users_(read_csv_file(catalogue.schema(), users_file).value().table),
        engine_({.history = history_}) {
    engine_.deploy(catalogue).value();
  }
  House(const House&) = delete;  // the desks know where the ledger is

  /// It is "09:40" on the day of the story, a Monday, by the catalogue's clocks.
  void set_clock(const std::string& time) {
    time_ = time;
    now_ = parse_moment("2026-01-05T" + time + ":00+08:00").value();
  }
  Moment now() const { return now_; }
  Moment in_minutes(int minutes) const { return {now_.seconds + 60 * minutes}; }

  /// For a write of now. A CRM takes the key from what it is asked to do (its request's number),
  /// so that the same request sent again is the same write; here no step is done twice.
  Command command() {
    key_ = "day " + time_ + " " + std::to_string(++commands_);
    return {key_, now_};
  }

  /// What the customer should be offered now, after all that any channel has written.
  PolicyView decide(const std::string& user) {
    history_->update(ledger).value();
    const UserTable::Row row = users_.row(users_.find(user).value());
    return engine_.decide({user, row}, now_).value();
  }
  /// The gate before a channel fulfils: what the customer may not have can not be had by asking.
  void require(const std::string& user, const char* policy, const char* channel) {
    const UserTable::Row row = users_.row(users_.find(user).value());
    const GateAnswer answer = engine_.check({user, row}, policy, channel, now_).value();
    if (!answer.allowed) throw std::runtime_error(user + " may not have it: " + answer.text);
  }

  /// A customer's open task of a policy on a channel.
  TaskId task(const std::string& user, const std::string& policy, const std::string& channel) {
    for (const Task& task : ledger.open_tasks(user).value()) {
      if (task.policy == policy && task.channel == channel) return task.id;
    }
    throw std::runtime_error(user + " has no open task of " + policy + " on " + channel);
  }

  const std::string& name_of_channel(const std::string& id) const {
    return catalogue.channels()[catalogue.find_channel(id)].name;
  }
  const std::string& name_of_policy(const std::string& id) const {
    return catalogue.policies()[catalogue.find(id)].name;
  }
  const std::string& name_of_shop(const std::string& id) const {
    return directory.shops()[directory.find(id)].name;
  }

  /// One line of the story.
  std::ostream& say() const { return std::cout << time_ << "  "; }

  /// 32 random bytes or more that nobody else knows; this one is an example's.
  static constexpr const char* secret = "no secret at all: it is printed in an example";

  const Catalogue catalogue;
  Ledger ledger;
  const ShopDirectory directory;
  HandOffDesk shops;
  LinkDesk links;
  SheetDesk sheets;

 private:
  UserTable users_;
  std::shared_ptr<LedgerHistory> history_ = std::make_shared<LedgerHistory>();
  Engine engine_;
  std::string time_;
  Moment now_;
  std::string key_;
  int commands_ = 0;
};

}  // namespace story
