#include "buffer.hpp"
#include "handles.hpp"
#include "lookup.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

namespace {

const PolicyView& body(const muster_view* view) { return need(view, "view").value; }

const Offer& offer_of(const PolicyView& view, size_t offer, const char* name) {
  check_index(offer, view.offers().size(), name);
  return view.offers()[offer];
}

}  // namespace

void muster_view_retain(muster_view* view) { retain(view); }
void muster_view_release(muster_view* view) { release(view); }

muster_status muster_view_describe(const muster_view* view, muster_view_info* out,
                                   muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    write_struct(
        out, {0, borrow(its.user()), borrow(its.catalogue().version()),
              its.catalogue().content_hash(), its.decision_id(), its.at().seconds, its.holdout(),
              its.high_value(), its.offers().size(), its.omissions().size()});
  });
}

muster_status muster_view_offer(const muster_view* view, size_t index, muster_offer* out,
                                muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    const Offer& one = offer_of(its, index, "index");
    const Policy& policy = its.catalogue().policies()[one.policy];
    write_struct(out, {0, borrow(policy.id), borrow(policy.name), one.policy, one.primary,
                       one.score, one.propensity, one.value, one.context, one.lever,
                       one.contact_cost, one.channels.size()});
  });
}

muster_status muster_view_channel(const muster_view* view, size_t offer, size_t index,
                                  muster_offer_channel* out, muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    const auto channels = offer_of(its, offer, "offer").channels;
    check_index(index, channels.size());
    const RankedChannel& one = channels[index];
    const Channel& channel = its.catalogue().channels()[one.channel];
    write_struct(out, {0, borrow(channel.id), borrow(channel.name), one.channel, one.preferred,
                       one.propensity, one.rank});
  });
}

muster_status muster_view_script(const muster_view* view, size_t offer, const char* channel,
                                 size_t channel_length, muster_buffer* out, muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    offer_of(its, offer, "offer");
    const auto on = find_channel(its.catalogue(), text(channel, channel_length, "channel"));
    fill(need(out, "out"), its.script(offer, static_cast<ChannelId>(on)));
  });
}

muster_status muster_view_omission(const muster_view* view, size_t index, muster_omission* out,
                                   muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    check_index(index, its.omissions().size());
    const Omission& one = its.omissions()[index];
    const Policy& policy = its.catalogue().policies()[one.policy];
    write_struct(out, {0, borrow(policy.id), borrow(policy.name), one.policy,
                       static_cast<muster_reason>(one.reason)});
  });
}

muster_status muster_view_catalogue(const muster_view* view, muster_catalogue** out,
                                    muster_error* error) {
  return call(error, [&] {
    const PolicyView& its = body(view);
    auto& catalogue = need(out, "out");
    catalogue = new muster_catalogue(its.catalogue());
  });
}

muster_status muster_view_json(const muster_view* view, muster_buffer* out, muster_error* error) {
  return call(error, [&] { fill(need(out, "out"), body(view).to_json()); });
}
