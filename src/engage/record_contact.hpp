#pragma once

#include "engage/ledger_writer.hpp"
#include "muster/policy/catalogue.hpp"

namespace muster {

/// What Ledger::contact and, where the outcome is accepted, Ledger::settle do in their transaction.
/// REQUIRES: the report's texts were checked.
Result<void> record_report(LedgerWriter& writer, const Catalogue& catalogue,
                           const ContactReport& report);

}  // namespace muster
