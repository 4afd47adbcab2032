#include "muster/engage/link_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/json_builder.hpp"
#include "engage/command_check.hpp"
#include "engage/kept_text.hpp"
#include "engage/ledger_access.hpp"
#include "engage/lookup.hpp"
#include "engage/paper_table.hpp"

namespace muster {
namespace {

// What an entry says of a link; the token itself is for the user alone.
std::string to_text(const Link& link, bool used) {
  JsonBuilder json;
  json.object([&] {
    json.text("link", to_string(link.nonce));
    json.text("expires", kept_moment(link.expires));
    json.flag("used", used);
  });
  return std::move(json).take();
}

std::optional<LinkNonce> read_nonce(std::string_view digits) {
  LinkNonce nonce;
  if (digits.size() != 2 * nonce.size()) return std::nullopt;
  for (std::size_t i = 0; i < nonce.size(); ++i) {
    const char* const pair = digits.data() + 2 * i;
    if (std::from_chars(pair, pair + 2, nonce[i], 16).ptr != pair + 2) return std::nullopt;
  }
  return nonce;
}

Result<Link> read_link(TaskId task, std::string_view text) {
  KeptText kept(text);
  const auto nonce = read_nonce(kept.text("link"));
  Link link{std::to_string(task), kept.moment("expires"), nonce.value_or(LinkNonce())};
  if (kept.sound() && nonce) return link;
  return Error{Errc::corrupt, "the ledger holds a link that can not be read", {}};
}

Result<TaskId> task_of(const Link& link) {
  TaskId task = 0;
  const char* const end = link.subject.data() + link.subject.size();
  const auto [rest, failed] = std::from_chars(link.subject.data(), end, task);
  if (failed == std::errc() && rest == end) return task;
  return Error{Errc::link_malformed, "this is no link: it leads to no task", {}};
}

Result<KeptTask> find_open(LedgerWriter& writer, TaskId id) {
  auto task = writer.tables().find_task(id);
  if (!task) return unknown_task(id);
  if (is_open(task->state)) return std::move(*task);
  return Error{Errc::illegal_step,
               fmt::format("task {} is {}; a link to it leads nowhere", id, name(task->state)),
               {}};
}

Event event_of(const KeptTask& task, const Link& link, bool used) {
  Event event;
  event.kind = EventKind::token;
  describe(task, event);
  event.text = to_text(link, used);
  return event;
}

/// Ledgers that sign with the same keys know each other's signatures, not each other's tasks.
bool was_given_out(LedgerTables& tables, const KeptTask& task, const Link& link) {
  const std::string text = to_text(link, false);
  const std::vector<Event> events = tables.events_of(task.user);
  return std::any_of(events.begin(), events.end(), [&](const Event& event) {
    return event.kind == EventKind::token && event.task == task.id && event.text == text;
  });
}

Result<void> use(LedgerWriter& writer, PaperTable papers, const Link& link, TaskId id) {
  if (Result<void> good = check_expiry(link, writer.now()); !good) return good;
  const std::string nonce = to_string(link.nonce);
  if (!papers.of_owner(PaperKind::used_link, nonce).empty()) {
    return Error{Errc::link_used, "this link was used before", {}};
  }
  auto task = find_open(writer, id);
  if (!task) return task.error();
  if (!was_given_out(writer.tables(), *task, link)) {
    return Error{Errc::link_unknown, "this link was not given out by this ledger", {}};
  }
  papers.put({PaperKind::used_link, writer.next_sequence(), nonce, {}, {}});
  Event event = event_of(*task, link, true);
  if (may_move(task->state, TaskState::handed_off)) {
    return writer.move(*task, TaskState::handed_off, std::move(event));
  }
  writer.append(std::move(event));
  return {};
}

/// The state that an entry left a task in, whatever came after it.
TaskState state_at(LedgerTables& tables, const KeptTask& task, std::uint64_t sequence) {
  TaskState state = TaskState::planned;
  for (const Event& event : tables.events_of(task.user)) {
    if (event.task == task.id && event.state && event.sequence <= sequence) state = *event.state;
  }
  return state;
}

}  // namespace

LinkDesk::LinkDesk(Ledger& ledger, LinkSigner signer)
    : ledger_(&ledger), signer_(std::move(signer)) {}

Result<std::string> LinkDesk::open(const Command& command, const LinkRequest& request) {
  if (auto good = CommandCheck(command).result(); !good) return good.error();
  const std::uint64_t content =
      ContentHash("open a link").add(request.task).add(kept_moment(request.expires)).value();
  auto& body = LedgerAccess::body(*ledger_);
  const auto receipt = body.write(command, content, [&](LedgerWriter& writer) -> Result<void> {
    if (request.expires <= writer.now()) {
      return Error{
          Errc::invalid_argument,
          fmt::format("the link would have expired at {} already", to_string(request.expires)),
          {}};
    }
    if (request.nonce == LinkNonce()) {
      return Error{
          Errc::invalid_argument, "a link needs random bytes, not zeros, as its nonce", {}};
    }
    auto task = find_open(writer, request.task);
    if (!task) return task.error();
    writer.append(event_of(*task, {{}, request.expires, request.nonce}, false));
    return {};
  });
  if (!receipt) return receipt.error();
  return body.guarded([&]() -> Result<std::string> {
    const std::vector<Event> entries = body.tables.events_after(receipt->sequence - 1, 1);
    const auto link = read_link(request.task, entries.empty() ? "" : entries.front().text);
    return link ? signer_.sign(*link) : link.error();
  });
}

// Whoever sends again what was done in time gets the answer, however late it is.
Result<Task> LinkDesk::redeem(const Command& command, std::string_view token) {
  if (auto good = CommandCheck(command).result(); !good) return good.error();
  const auto link = signer_.read(token);
  if (!link) return link.error();
  const auto id = task_of(*link);
  if (!id) return id.error();
  auto& body = LedgerAccess::body(*ledger_);
  const std::uint64_t content = ContentHash("redeem a link").add(token).value();
  const auto receipt = body.write(command, content, [&](LedgerWriter& writer) {
    return use(writer, PaperTable(*body.store), *link, *id);
  });
  if (!receipt) return receipt.error();
  return body.guarded([&]() -> Result<Task> {
    auto task = body.tables.find_task(*id);
    if (!task) return unknown_task(*id);
    task->state = state_at(body.tables, *task, receipt->sequence);
    return Task(*task);
  });
}

}  // namespace muster
