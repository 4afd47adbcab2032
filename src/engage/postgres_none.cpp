#include "engage/store.hpp"

namespace muster {

std::unique_ptr<Store> connect_postgres(std::string_view, const LedgerOptions&) {
  throw StoreFailure{
      {Errc::invalid_argument, "this library was built without PostgreSQL (MUSTER_POSTGRES)", {}}};
}

}  // namespace muster
