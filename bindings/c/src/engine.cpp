#include "muster/decide/engine.hpp"

#include "buffer.hpp"
#include "history.hpp"
#include "options.hpp"
#include "subject.hpp"

using namespace muster;
using namespace muster::c;

namespace muster::c {

/// An engine and what its options borrow.
struct NamedEngine {
  explicit NamedEngine(const muster_engine_options& given)
      : kernel(text(given.kernel, given.kernel == nullptr ? 0 : given.kernel_length, "kernel")),
        engine(options(given)) {}

  EngineOptions options(const muster_engine_options& given) const {
    EngineOptions out;
    if (given.history != nullptr) out.history = given.history->value;
    if (given.catalogues_kept != 0) out.catalogues_kept = given.catalogues_kept;
    out.compile.kernel = kernel;
    return out;
  }

  std::string kernel;
  Engine engine;
};

}  // namespace muster::c

struct muster_engine : Counted<NamedEngine> {
  using Counted::Counted;
};

namespace {

Engine& body(muster_engine* engine) { return need(engine, "engine").value.engine; }
const Engine& body(const muster_engine* engine) { return need(engine, "engine").value.engine; }

Language to_language(int32_t language) {
  if (language != MUSTER_ENGLISH && language != MUSTER_CHINESE) {
    refuse_argument("language", "is none");
  }
  return static_cast<Language>(language);
}

std::span<const std::byte> bytes_of(const void* record, size_t length) {
  return {array(static_cast<const std::byte*>(record), length, "record"), length};
}

std::string_view as_text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

muster_status muster_engine_new(const muster_engine_options* options, muster_engine** out,
                                muster_error* error) {
  return call(error, [&] {
    auto& engine = need(out, "out");
    engine = new muster_engine(read_struct(options, "options"));
  });
}

void muster_engine_retain(muster_engine* engine) { retain(engine); }
void muster_engine_release(muster_engine* engine) { release(engine); }

muster_status muster_engine_deploy(muster_engine* engine, const muster_catalogue* catalogue,
                                   muster_error* error) {
  return call(error, [&] { body(engine).deploy(need(catalogue, "catalogue").value).value(); });
}

muster_status muster_engine_roll_back(muster_engine* engine, muster_error* error) {
  return call(error, [&] { body(engine).roll_back().value(); });
}

muster_status muster_engine_deployments(const muster_engine* engine, muster_deployment* out,
                                        size_t capacity, size_t* count, muster_buffer* texts,
                                        muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    array(out, capacity, "out");
    size_t& size = need(count, "count");
    muster_buffer& versions = need(texts, "texts");
    const std::vector<Deployment> held = its.deployments();
    std::string all;
    for (const Deployment& one : held) all += one.version;
    fill(versions, all);
    const char* at = versions.data;
    for (size_t i = 0; i < std::min(held.size(), capacity); ++i) {
      out[i] = {{at, held[i].version.size()}, held[i].content_hash, held[i].running};
      at += held[i].version.size();
    }
    size = held.size();
  });
}

muster_status muster_engine_catalogue(const muster_engine* engine, muster_catalogue** out,
                                      muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    auto& catalogue = need(out, "out");
    const auto running = its.catalogue();
    if (!running) refuse(Errc::no_catalogue, "the engine has no catalogue yet");
    catalogue = new muster_catalogue(*running);
  });
}

muster_status muster_engine_decide(const muster_engine* engine, const muster_subject* subject,
                                   int64_t now, const muster_decide_options* options,
                                   muster_view** out, muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    const SubjectView whom(subject);
    auto& view = need(out, "out");
    const muster_decide_options wanted = read_struct(options, "options");
    std::vector<std::byte> record;
    const HistoryFailure failure;
    const auto decided = its.decide(whom.subject(), {now},
                                    {wanted.seed, wanted.record == nullptr ? nullptr : &record});
    whom.check();
    failure.check();
    auto made = std::make_unique<muster_view>(decided.value());
    if (wanted.record != nullptr) fill(*wanted.record, as_text(record));
    view = made.release();
  });
}

muster_status muster_engine_check(const muster_engine* engine, const muster_subject* subject,
                                  const char* policy, size_t policy_length, const char* channel,
                                  size_t channel_length, int64_t now, int32_t language,
                                  muster_gate* out, muster_buffer* its_text, muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    const SubjectView whom(subject);
    check_struct_size(need(out, "out").size, "out");
    const HistoryFailure failure;
    const auto answer =
        its.check(whom.subject(), text(policy, policy_length, "policy"),
                  text(channel, channel_length, "channel"), {now}, to_language(language));
    whom.check();
    failure.check();
    if (its_text != nullptr) fill(*its_text, answer.value().text);
    write_struct(out, {0, answer.value().allowed, static_cast<muster_reason>(answer->reason)});
  });
}

muster_status muster_engine_replay(const muster_engine* engine, const void* record, size_t length,
                                   muster_view** out, muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    auto& view = need(out, "out");
    view = new muster_view(its.replay(bytes_of(record, length)).value());
  });
}

muster_status muster_engine_explain(const muster_engine* engine, const void* record, size_t length,
                                    const char* policy, size_t policy_length, int32_t language,
                                    muster_reason* reason, muster_buffer* its_text,
                                    muster_error* error) {
  return call(error, [&] {
    const Engine& its = body(engine);
    muster_buffer& out = need(its_text, "text");
    const Language wanted = to_language(language);
    const auto bytes = bytes_of(record, length);
    const PolicyReason why = its.explain(bytes, text(policy, policy_length, "policy")).value();
    const PolicyView view = its.replay(bytes).value();  // knows the catalogue of the time
    fill(out, to_text(why, view.catalogue(), wanted));
    if (reason != nullptr) *reason = static_cast<muster_reason>(why.reason);
  });
}
