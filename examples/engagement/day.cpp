// A day in the life of three customers over one ledger: what each channel does, and what the others
// see of it. The clock is the story's, so every run is the same.
// usage: muster_day CATALOGUE USERS.csv SHOPS.json LEDGER

#include <algorithm>

#include "house.hpp"

namespace story {
namespace {

// Customers that `muster generate` makes up.
const std::string sim_customer = "C00000731", handset_customer = "C00000229",
                  broadband_customer = "C00000712";
constexpr std::size_t most = 100;  // entries of one look into an outbox
constexpr const char* in = "       ";

void title(const char* text) { std::cout << '\n' << text << '\n'; }

/// What the call centre is to do today, kept by what the ledger tells it.
class CallList {
 public:
  explicit CallList(House& house) : house_(house) {}

  void show() {
    update();
    house_.say() << "外呼名单 call list:";
    for (const Task& task : tasks_) std::cout << "  " << task.user << ' ' << task.policy;
    std::cout << (tasks_.empty() ? "  nobody\n" : "\n");
  }

 private:
  /// Tasks that were pushed to the channel come through its outbox, and so does their end. What was
  /// taken in is acknowledged; had this stopped before, it would come again.
  void update() {
    const std::vector<Event> news = house_.ledger.outbox("outbound", most).value();
    for (const Event& entry : news) {
      std::erase_if(tasks_, [&](const Task& task) { return task.id == entry.task; });
      const Task task = house_.ledger.task(entry.task).value();
      if (is_open(task.state)) tasks_.push_back(task);
    }
    if (!news.empty()) house_.ledger.acknowledge("outbound", news.back().sequence).value();
  }

  House& house_;
  std::vector<Task> tasks_;
};

/// What a channel's screen shows when the customer appears: the view in this channel's words.
void popup(House& house, const std::string& user, const std::string& channel) {
  const PolicyView view = house.decide(user);
  const auto id = static_cast<ChannelId>(house.catalogue.find_channel(channel));
  house.say() << house.name_of_channel(channel) << " popup for " << user << ":\n";
  for (std::size_t i = 0; i < view.offers().size(); ++i) {
    const Offer& offer = view.offers()[i];
    const std::string script = view.script(i, id);
    if (script.empty()) continue;  // every channel of this catalogue has words for what it carries
    const Policy& policy = house.catalogue.policies()[offer.policy];
    std::cout << in << (offer.primary ? "主推 " : "次推 ") << policy.id << ' ' << policy.name
              << "  “" << script << "”\n";
  }
}

/// Everybody's morning: three views become tasks on all channels, and the calls of the day are
/// pushed to the call centre, best first.
void plan_the_day(House& house) {
  house.set_clock("09:00");
  std::vector<PolicyView> views;
  for (const std::string& user : {sim_customer, handset_customer, broadband_customer}) {
    views.push_back(house.decide(user));
  }
  PlanOptions options;
  options.active_channels = 2;  // a call, and an SMS for those whom no call reaches
  const Receipt planned = house.ledger.plan(house.command(), views, options).value();
  const Receipt calls =
      house.ledger.dispatch(house.command(), house.catalogue, "outbound", most).value();
  house.say() << views.size() << " customers decided, " << planned.changes.size()
              << " tasks planned, " << calls.changes.size() << " pushed to "
              << house.name_of_channel("outbound") << '\n';
}

/// Who stops asking a customer for a policy, having been open `before`, and what goes on.
void show_settled(House& house, const std::vector<Task>& before) {
  const std::vector<Task> after = house.ledger.open_tasks(before.front().user).value();
  std::string ended, open;
  const auto add = [](std::string& list, const std::string& name) {
    if (list.find(name) == list.npos) list += list.empty() ? name : ", " + name;
  };
  for (const Task& task : before) {
    const bool goes_on = std::find_if(after.begin(), after.end(), [&](const Task& other) {
                           return other.id == task.id;
                         }) != after.end();
    goes_on ? add(open, task.policy) : add(ended, house.name_of_channel(task.channel));
  }
  std::cout << in << "settled 已办理; ends on " << ended
            << "; still open: " << (open.empty() ? "nothing" : open) << '\n';
}

ContactReport interested(TaskId task, SharedField field, const char* text) {
  ContactReport report;
  report.task = task;
  report.interested = true;
  report.field = field;
  report.text = text;
  return report;
}

ContactReport accepted(TaskId task, SharedField field, const char* text) {
  ContactReport report;
  report.task = task;
  report.field = field;
  report.text = text;
  return report;
}

/// The work order that came of a call.
WorkOrder call_and_hand_off(House& house) {
  const TaskId call = house.task(sim_customer, "G03", "outbound");
  const ContactReport said = interested(call, SharedField::intent, "想去营业厅换卡，上午有空");
  house.ledger.contact(house.command(), house.catalogue, said).value();
  house.say() << "外呼 calls " << sim_customer << ", 办理意向 intent: “" << said.text << "”\n";
  HandOffRequest request;
  request.task = call;
  request.wish.place = GeoPoint{116.431, 39.934};  // of the customer's work
  request.note = "换 5G 卡，请备好空卡";
  const HandOff sent = house.shops.hand_off(house.command(), request).value();
  house.say() << "handed off to the nearest shop, " << house.name_of_shop(sent.order.shop) << ": “"
              << sent.note << "”\n";
  return sent.order;
}

void change_a_sim(House& house, CallList& calls) {
  title("换卡 SIM change: outbound call → shop");
  house.set_clock("09:40");
  const WorkOrder order = call_and_hand_off(house);
  const std::string& shop = house.name_of_shop(order.shop);
  house.set_clock("09:55");
  house.shops.accept(house.command(), order.id, order.shop).value();
  house.say() << shop << " takes it up; work orders on its desk: "
              << house.shops.orders_of(order.shop).value().size() << '\n';

  house.set_clock("10:45");
  const std::vector<Task> before = house.ledger.open_tasks(sim_customer).value();
  house.require(sim_customer, "G03", "partner");
  const ShopReport done{order.shop, Outcome::accepted, "卡已换好，当场登录 5G"};
  house.shops.report(house.command(), house.catalogue, order.id, done).value();
  house.say() << shop << " reports: “" << done.text << "”\n";
  show_settled(house, before);
  calls.show();
}

/// A page on the web that a link from the hotline opens.
void order_online(House& house, const std::string& token) {
  house.set_clock("11:20");
  const Task task = house.links.redeem(house.command(), token).value();
  house.say() << "link opened: task " << task.id << " is " << name(task.state) << '\n';
  house.set_clock("11:26");
  const std::vector<Task> before = house.ledger.open_tasks(task.user).value();
  house.require(task.user, "T01", "hotline");
  const ContactReport order = accepted(task.id, SharedField::order, "网单 2026010500881");
  house.ledger.settle(house.command(), house.catalogue, order).value();
  house.say() << "online order: “" << order.text << "”\n";
  show_settled(house, before);
  const auto again = house.links.redeem(house.command(), token);
  house.say() << "the link once more: " << (again ? "opened" : again.error().message) << '\n';
}

void buy_a_handset(House& house, CallList& calls) {
  title("换机 handset: hotline → link → online order");
  house.set_clock("11:05");
  popup(house, handset_customer, "hotline");
  const TaskId asked = house.task(handset_customer, "T01", "hotline");
  const TaskId call = house.task(handset_customer, "T01", "outbound");
  const ContactReport said = interested(asked, SharedField::trail, "查话费 → 问换机补贴");
  house.ledger.contact(house.command(), house.catalogue, said).value();
  LinkRequest request;
  request.task = asked;
  request.expires = house.in_minutes(30);
  request.nonce = {0x5a, 0x17};  // 16 random bytes, outside of stories
  const std::string token = house.links.open(house.command(), request).value();
  house.say() << "轨迹 trail: “" << said.text << "”; a link of " << token.size()
              << " characters, good once and for 30 minutes\n";
  order_online(house, token);

  house.set_clock("11:40");
  popup(house, handset_customer, "hotline");
  ContactReport late;
  late.task = call;
  late.outcome = Outcome::declined;
  const auto refused = house.ledger.contact(house.command(), house.catalogue, late);
  house.say() << "外呼 reports from a printed list: "
              << (refused ? "taken" : refused.error().message) << '\n';
  calls.show();
}

Sheet fill_sheet(House& house, const std::string& order) {
  const Sheet made =
      house.sheets.create(house.command(), {order, broadband_customer, "beiyuan", "i7"}).value();
  const SheetEntry known{SheetStep::fill, SheetRole::shop, "三室一厅，孩子上网课，老人用父母的卡",
                         "请装维推荐 F01 组家庭网"};
  return house.sheets.step(house.command(), made.id, known).value();
}

void visit(House& house, const Sheet& sheet) {
  house.set_clock("16:30");
  const Sheet mine = house.sheets.sheets_on(installer_desk("i7")).value().front();
  house.sheets.step(house.command(), mine.id, {SheetStep::read, SheetRole::installer, {}, {}})
      .value();
  house.say() << "装维 i7 reads: “" << mine.knowledge << "”; “" << mine.suggestion << "”\n";
  house.set_clock("17:20");
  const std::vector<Task> before = house.ledger.open_tasks(broadband_customer).value();
  house.require(broadband_customer, "F01", "installer");
  const TaskId offered = house.task(broadband_customer, "F01", "installer");
  const ContactReport taken = accepted(offered, SharedField::none, "上门时办理");
  house.ledger.settle(house.command(), house.catalogue, taken).value();
  const SheetEntry answer{
      SheetStep::answer, SheetRole::installer, "光纤已通；家庭网办好，三张卡", {}};
  house.sheets.step(house.command(), sheet.id, answer).value();
  house.say() << "装维 i7 answers: “" << answer.text << "”\n";
  show_settled(house, before);
  house.set_clock("17:50");
  const SheetEntry thanks{SheetStep::close, SheetRole::shop, "谢谢，已回访，客户满意", {}};
  house.sheets.step(house.command(), sheet.id, thanks).value();
  house.say() << "北苑店 closes the sheet: “" << thanks.text << "”\n";
}

void order_broadband(House& house, CallList& calls) {
  title("宽带 broadband: shop → installer’s sheet");
  house.set_clock("13:10");
  popup(house, broadband_customer, "shop");
  const std::vector<Task> before = house.ledger.open_tasks(broadband_customer).value();
  house.require(broadband_customer, "B01", "shop");
  const TaskId task = house.task(broadband_customer, "B01", "shop");
  const ContactReport taken =
      accepted(task, SharedField::recommendation, "300M 宽带，今天下午上门安装");
  house.ledger.settle(house.command(), house.catalogue, taken).value();
  house.say() << "accepted in the shop: “" << taken.text << "”\n";
  show_settled(house, before);
  calls.show();
  const Sheet sheet = fill_sheet(house, "装机单 KD20260105-17");
  house.say() << "沟通单 sheet for " << sheet.order << " goes to 装维 " << sheet.installer << '\n';
  visit(house, sheet);
}

/// Messages go to whom nothing was settled with: an SMS that would have said the same again is no
/// longer there.
void send_messages(House& house) {
  title("傍晚 evening");
  house.set_clock("18:00");
  house.ledger.dispatch(house.command(), house.catalogue, "sms", most).value();
  for (const Event& entry : house.ledger.outbox("sms", most).value()) {
    house.say() << "短信 to " << entry.user << ": " << entry.policy << ' '
                << house.name_of_policy(entry.policy) << '\n';
  }
}

void tell(House& house) {
  CallList calls(house);
  plan_the_day(house);
  calls.show();
  change_a_sim(house, calls);
  buy_a_handset(house, calls);
  order_broadband(house, calls);
  send_messages(house);
}

}  // namespace
}  // namespace story

int main(int argc, char** argv) try {
  if (argc != 5) {
    std::cerr << "usage: muster_day CATALOGUE USERS.csv SHOPS.json LEDGER\n";
    return 2;
  }
  story::House house(argv[1], argv[2], argv[3], argv[4]);
  story::tell(house);
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
