#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "layout.hpp"
#include "muster.h"
#include "muster/decide/engine.hpp"
#include "muster/match/rule_set.hpp"
#include "muster/policy/catalogue.hpp"

/// The bodies of handles.
namespace muster::c {

/// What threads share: it goes with the last that holds it.
template <class T>
struct Counted {
  template <class... Args>
  explicit Counted(Args&&... args) : value(std::forward<Args>(args)...) {}
  T value;
  mutable std::atomic<std::size_t> holders{1};
};

template <class Handle>
void retain(Handle* handle) noexcept {
  if (handle != nullptr) handle->holders.fetch_add(1, std::memory_order_relaxed);
}

template <class Handle>
void release(Handle* handle) noexcept {
  if (handle != nullptr && handle->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete handle;
  }
}

}  // namespace muster::c

struct muster_schema : muster::c::Counted<muster::Schema> {
  using Counted::Counted;
};
struct muster_catalogue : muster::c::Counted<muster::Catalogue> {
  using Counted::Counted;
};
struct muster_rules : muster::c::Counted<muster::RuleSet> {
  using Counted::Counted;
};
struct muster_layout : muster::c::Counted<muster::c::Layout> {
  using Counted::Counted;
};
struct muster_view : muster::c::Counted<muster::PolicyView> {
  using Counted::Counted;
};

struct muster_user {
  muster_user(const muster::Schema& schema, muster::User::OnUnusable on_unusable)
      : value(schema, on_unusable) {}
  muster::User value;
};
