#pragma once

#include "engage/ledger_writer.hpp"

namespace muster {

/// Cancels the work orders of tasks that a command took back from their shops in any other way
/// than by the orders themselves (settled elsewhere, expired, withdrawn): their places are free
/// again at once, and the shops are told.
Result<void> end_work_orders(LedgerWriter& writer, Store& store);

}  // namespace muster
