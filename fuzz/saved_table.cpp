// Any bytes as a saved table: refused, or every cell can be read.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "muster/tags/user_table.hpp"
#include "require.hpp"

namespace {

/// One file for the whole run.
const std::string& file_name() {
  static const std::string name =
      std::string("/tmp/muster_fuzz_table_") + std::to_string(getpid()) + ".mut";
  static const int cleaned = std::atexit([] { std::remove(file_name().c_str()); });
  static_cast<void>(cleaned);
  return name;
}

void write(const std::uint8_t* data, std::size_t size) {
  std::FILE* file = std::fopen(file_name().c_str(), "wb");
  require(file != nullptr, "the work file can be written");
  require(std::fwrite(data, 1, size, file) == size, "the work file takes the bytes");
  std::fclose(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  write(data, size);
  const auto table = muster::UserTable::open(file_name());
  if (!table) {
    require(!table.error().message.empty(), "a refusal says why");
    return 0;
  }
  std::string buffer;
  for (muster::UserIndex user = 0; user < table->size(); ++user) {
    const auto row = table->row(user);
    for (std::uint16_t tag = 0; tag < table->schema().size(); ++tag) {
      static_cast<void>(muster::value_of(table->schema(), row, muster::TagId{tag}));
    }
    require(table->find(table->key(user, buffer)) == user, "users are found by their keys");
  }
  return 0;
}
