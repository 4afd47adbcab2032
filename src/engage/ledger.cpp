#include "muster/engage/ledger.hpp"

#include <fmt/core.h>

#include "core/diagnostics.hpp"
#include "engage/command_check.hpp"
#include "engage/ledger_body.hpp"
#include "engage/lookup.hpp"
#include "engage/schema.hpp"

namespace muster {
namespace {

/// Kinds that say nothing the ledger itself goes by.
bool is_free(EventKind kind) noexcept {
  return kind == EventKind::hand_off || kind == EventKind::sheet || kind == EventKind::token ||
         kind == EventKind::note;
}

Error not_free(EventKind kind) {
  return {Errc::invalid_argument,
          fmt::format("an entry of kind '{}' is not written by itself", name(kind)),
          {}};
}

Result<void> check_options(const LedgerOptions& options) {
  if (options.patience.count() < 0 || options.patience > max_patience) {
    return Error{Errc::bad_setting,
                 fmt::format("patience must be 0 to {} ms, not {}", max_patience.count(),
                             options.patience.count()),
                 {}};
  }
  if (options.max_file_bytes != 0 && options.max_file_bytes < min_ledger_file_bytes) {
    return Error{Errc::bad_setting,
                 fmt::format("max_file_bytes must be 0 or at least {}, not {}",
                             min_ledger_file_bytes, options.max_file_bytes),
                 {}};
  }
  return {};
}

/// A placement is kept as two lines.
Result<void> check_line(const char* what, std::string_view id) {
  if (id.find('\n') == id.npos) return {};
  return Error{
      Errc::invalid_argument, fmt::format("{} must be one line, not {}", what, in_quotes(id)), {}};
}

}  // namespace

Error Ledger::Body::key_reused(std::string_view key) {
  return {
      Errc::key_reused, fmt::format("another write was done under the key {}", in_quotes(key)), {}};
}

Ledger::Ledger(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Result<Ledger> Ledger::make(const LedgerOptions& options,
                            const std::function<std::unique_ptr<Store>()>& open_store) {
  if (Result<void> good = check_options(options); !good) return good.error();
  try {
    auto body = std::make_unique<Body>(open_store());
    Result<void> ready = prepare_ledger(*body->store, options.must_exist);
    if (!ready) return ready.error();
    return Ledger(std::move(body));
  } catch (const StoreFailure& failure) {
    return told(failure);
  }
}

Result<Ledger> Ledger::open(const std::filesystem::path& file, const LedgerOptions& options) {
  if (file.empty() || file == ":memory:") {
    return Error{Errc::invalid_argument,
                 fmt::format("a ledger needs a file that stays, not {}", in_quotes(file.string())),
                 {}};
  }
  return make(options, [&] { return open_sqlite(file, options); });
}

Result<Ledger> Ledger::connect(std::string_view connection, const LedgerOptions& options) {
  return make(options, [&] { return connect_postgres(connection, options); });
}

Result<void> Ledger::checkpoint() {
  try {
    body_->store->checkpoint();
    return {};
  } catch (const StoreFailure& failure) {
    return told(failure);
  }
}

Result<Receipt> Ledger::move(const Command& command, const TaskMove& move) {
  const Result<void> good = CommandCheck(command)
                                .one_of("a task's state", move.to, task_states)
                                .one_of("an entry's kind", move.kind, event_kinds)
                                .text(move.text)
                                .result();
  if (!good) return good.error();
  if (move.kind != EventKind::task && !is_free(move.kind)) return not_free(move.kind);
  if (move.to == TaskState::accepted || move.to == TaskState::dispatched ||
      move.to == TaskState::planned) {
    return Error{Errc::invalid_argument,
                 fmt::format("a task is not moved to {}: that is settled, dispatched or planned",
                             name(move.to)),
                 {}};
  }
  ContentHash content("move");
  content.add(move.task).add(static_cast<std::uint64_t>(move.to));
  content.add(static_cast<std::uint64_t>(move.kind)).add(move.text);
  return body_->write(command, content.value(), [&](LedgerWriter& writer) -> Result<void> {
    auto task = writer.tables().find_task(move.task);
    if (!task) return unknown_task(move.task);
    Event event;
    event.kind = move.kind;
    event.text = move.text;
    return writer.move(*task, move.to, std::move(event));
  });
}

Result<Receipt> Ledger::expire(const Command& command, std::size_t most) {
  const Result<void> good = CommandCheck(command).run(most).result();
  if (!good) return good.error();
  const std::uint64_t content = ContentHash("expire").add(most).value();
  return body_->write(command, content, [&](LedgerWriter& writer) -> Result<void> {
    Event head;
    head.kind = EventKind::expiry;
    writer.append(std::move(head));
    for (KeptTask& task : writer.tables().due_tasks(writer.now(), most)) {
      Event event;
      event.kind = EventKind::task;
      auto moved = writer.move(task, TaskState::expired, std::move(event));
      if (!moved) return moved;
    }
    return {};
  });
}

Result<Receipt> Ledger::note(const Command& command, const Note& note) {
  const Result<void> good = CommandCheck(command)
                                .id("a user", note.user, true)
                                .id("a policy", note.policy, true)
                                .id("a channel", note.channel, true)
                                .one_of("an entry's kind", note.kind, event_kinds)
                                .text(note.text)
                                .result();
  if (!good) return good.error();
  if (!is_free(note.kind)) return not_free(note.kind);
  ContentHash content("note");
  content.add(static_cast<std::uint64_t>(note.kind)).add(note.user).add(note.policy);
  content.add(note.channel).add(note.task).add(note.text);
  return body_->write(command, content.value(), [&](LedgerWriter& writer) -> Result<void> {
    Event event;
    event.kind = note.kind;
    event.user = note.user;
    event.policy = note.policy;
    event.channel = note.channel;
    if (note.task != 0) {
      const auto task = writer.tables().find_task(note.task);
      if (!task) return unknown_task(note.task);
      const Result<void> same = check_same(*task, {note.user, note.policy, note.channel});
      if (!same) return same;
      describe(*task, event);
    }
    event.text = note.text;
    writer.append(std::move(event));
    return {};
  });
}

Result<Receipt> Ledger::place(const Command& command, std::string_view user,
                              std::string_view account, std::string_view household) {
  const Result<void> good = CommandCheck(command)
                                .id("a user", user)
                                .id("an account", account, true)
                                .id("a household", household, true)
                                .result();
  if (!good) return good.error();
  if (Result<void> line = check_line("an account", account); !line) return line.error();
  if (Result<void> line = check_line("a household", household); !line) return line.error();
  const std::uint64_t content = ContentHash("place").add(user).add(account).add(household).value();
  return body_->write(command, content, [&](LedgerWriter& writer) -> Result<void> {
    const Membership its{std::string(account), std::string(household)};
    Event event;
    event.kind = EventKind::placement;
    event.user = user;
    event.text = to_text(its);
    writer.append(std::move(event));
    writer.tables().put(user, its);
    return {};
  });
}

Result<void> Ledger::acknowledge(std::string_view channel, std::uint64_t up_to) {
  const Result<void> good = CommandCheck().wanted("a channel", channel).result();
  if (!good) return good.error();
  return body_->guarded([&]() -> Result<void> {
    const Body::Open transaction(*body_->store);
    if (Result<void> same = check_version(version_of(*body_->store)); !same) return same;
    body_->tables.acknowledge(channel, up_to);
    body_->store->commit();
    return {};
  });
}

}  // namespace muster
