// Each CASE but 0 must be refused by the compiler with a message of ours; see tests.cmake.
#include "muster/tags/struct_schema.hpp"

struct Subscriber {
  int age;
  void* account;
  std::string terminal;
  std::vector<double> usage;
};
struct Stranger {
  int age;
};

using namespace muster;

auto bind() {
#if CASE == 0
  return schema<Subscriber>(field("age", &Subscriber::age),
                            field("terminal", &Subscriber::terminal, values({"a"})));
#elif CASE == 1
  return schema<Subscriber>(field("account", &Subscriber::account));
#elif CASE == 2
  return schema<Subscriber>(field("terminal", &Subscriber::terminal));
#elif CASE == 3
  return schema<Subscriber>(field("age", &Subscriber::age, values({"a"})));
#elif CASE == 4
  return schema<Subscriber>(field("age", &Stranger::age));
#elif CASE == 5
  return schema<Subscriber>(key("usage", &Subscriber::usage));
#endif
}
