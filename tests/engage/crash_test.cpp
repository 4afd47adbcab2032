// A writer is killed at any point: every write that it was told of is there, none is there twice,
// and the promises hold.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "churn.hpp"
#include "each_store.hpp"

namespace muster::testing {
namespace {

class Crash : public EachStore {
 protected:
  const ChurnMarket churn_market;
};
MUSTER_IN_EACH_STORE(Crash);

/// Writes until it is killed; reports the keys of what was acknowledged, a line each.
[[noreturn]] void write_for_ever(const TemporaryPlace& place, const ChurnMarket& market,
                                 unsigned number, int report) {
  auto ledger = place.try_open({.durability = Durability::normal});
  if (!ledger) _exit(1);
  Churn churn(market, fmt::format("writer {}", number), number);
  while (churn.failure().empty()) {
    const auto key = churn.step(*ledger);
    if (!key) continue;
    const std::string line = *key + "\n";
    if (write(report, line.data(), line.size()) < 0) _exit(1);
  }
  _exit(1);
}

/// Lines from a pipe: some of them, then all that are left.
class Lines {
 public:
  explicit Lines(int pipe) : pipe_(pipe) {}
  bool read_more() {
    char bytes[4096];
    const ssize_t size = read(pipe_, bytes, sizeof bytes);
    if (size > 0) text_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = text_.find('\n', at);
      if (end == text_.npos) break;
      out.push_back(text_.substr(at, end - at));
      at = end + 1;
    }
    return out;
  }

 private:
  int pipe_;
  std::string text_;
};

TEST_P(Crash, NoAcknowledgedWriteIsLostNoneDoubled) {
  const unsigned crashes = long_tests() ? 200 : 8;
  std::mt19937 random(7);
  for (unsigned number = 0; number < crashes; ++number) {
    ledger.reset();  // not to be carried into another process
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t writer = fork();
    if (writer == 0) write_for_ever(*place, churn_market, number, pipe_ends[1]);
    close(pipe_ends[1]);
    Lines lines(pipe_ends[0]);
    const std::size_t wanted = random() % 20;
    while (lines.lines().size() < wanted && lines.read_more()) {
    }
    usleep(static_cast<useconds_t>(random() % 3'000));
    kill(writer, SIGKILL);
    while (lines.read_more()) {
    }
    close(pipe_ends[0]);
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    ledger.emplace(place->open({.durability = Durability::normal}));
    const std::vector<std::string> acknowledged = lines.lines();
    EXPECT_GE(acknowledged.size(), wanted);
    for (const std::string& key : acknowledged) EXPECT_TRUE(*ledger->find(key)) << key;
    if (number % 10 == 0 || number + 1 == crashes) expect_sound(*ledger, churn_market.catalogue);
  }
}

}  // namespace
}  // namespace muster::testing
