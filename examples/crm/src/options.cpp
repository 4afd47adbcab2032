#include "options.hpp"

#include <charconv>
#include <iostream>

namespace crm {
namespace {

constexpr auto usage =
    "usage: muster_crm [--ledger FILE] [--port N] [--now MOMENT]\n"
    "                  [--catalogue FILE] [--customers CSV] [--shops FILE]\n"
    "  --now 2026-01-05T10:30:00+08:00 lets the program's clock begin there\n"
    "  MUSTER_CRM_TOKEN   staff's token; without, a new one each time\n"
    "  MUSTER_CRM_SECRET  signs links, 32 bytes at least; without, links end with the program\n";

bool set_port(int& port, std::string_view text) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port < 65'536;
}

bool set(Options& options, std::string_view name, std::string_view value) {
  if (name == "--ledger")
    options.files.ledger = value;
  else if (name == "--catalogue")
    options.files.catalogue = value;
  else if (name == "--customers")
    options.files.customers = value;
  else if (name == "--shops")
    options.files.shops = value;
  else if (name == "--port")
    return set_port(options.port, value);
  else if (name == "--now")
    return (options.now = muster::parse_moment(value)).has_value();
  else
    return false;
  return true;
}

}  // namespace

std::optional<Options> read_options(int argc, char** argv) {
  const std::filesystem::path data = CRM_DATA;
  Options options;
  options.files = {data / "../../retention/catalogue.json", data / "customers.csv",
                   data / "shops.json", "crm.ledger"};
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 < argc && set(options, argv[i], argv[i + 1])) continue;
    std::cerr << "can not use " << argv[i] << '\n' << usage;
    return std::nullopt;
  }
  return options;
}

}  // namespace crm
