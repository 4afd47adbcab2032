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
  const ChurnMarket churn_market{30};
};
MUSTER_IN_EACH_STORE(Crash);

constexpr std::size_t all_entries = 1'000'000;

/// Writes until it is killed. Reports what it is about to do, and then whether it was done or
/// refused, a line each.
[[noreturn]] void write_for_ever(const TemporaryPlace& place, const ChurnMarket& market,
                                 unsigned number, int report) {
  auto ledger = place.try_open({.durability = Durability::normal});
  if (!ledger) _exit(1);
  Churn churn(market, fmt::format("writer {}", number), number);
  const auto say = [&](const std::string& line) {
    if (write(report, line.data(), line.size()) < 0) _exit(1);
  };
  while (churn.failure().empty()) {
    const ChurnStep step = churn.choose(*ledger);
    say(step.text() + "\n");
    say(churn.send(*ledger, step) ? "done\n" : "refused\n");
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

/// What a writer said until it was killed.
struct Report {
  explicit Report(const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); i += 2) {
      const ChurnStep step = ChurnStep::read(lines[i]);
      if (i + 1 == lines.size()) {
        in_flight = step;
      } else if (lines[i + 1] == "done") {
        done.push_back(step);
      }
    }
  }
  std::vector<ChurnStep> done;
  std::optional<ChurnStep> in_flight;
};

/// Starts a writer, kills it somewhere and gives what it said.
Report killed_writer(const TemporaryPlace& place, const ChurnMarket& market, unsigned number,
                     std::mt19937& random) {
  int pipe_ends[2];
  EXPECT_EQ(pipe(pipe_ends), 0);
  const pid_t writer = fork();
  if (writer == 0) write_for_ever(place, market, number, pipe_ends[1]);
  close(pipe_ends[1]);
  Lines lines(pipe_ends[0]);
  const std::size_t wanted = random() % 40;
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
  EXPECT_GE(lines.lines().size(), wanted);
  return Report(lines.lines());
}

/// Sent again, what was done is not done again.
void expect_no_effect(Ledger& ledger, const ChurnMarket& market, const ChurnStep& step) {
  const std::size_t entries = ledger.events(0, all_entries)->size();
  const auto again = step.send(ledger, market);
  ASSERT_TRUE(again) << step.text() << ": " << again.error().message;
  EXPECT_TRUE(again->repeated) << step.text();
  EXPECT_EQ(ledger.events(0, all_entries)->size(), entries) << step.text();
}

/// Sent again, what may or may not have been done is done once, or refused.
void expect_one_effect(Ledger& ledger, const ChurnMarket& market, const ChurnStep& step) {
  const bool was_done = ledger.find(step.key)->has_value();
  const auto sent = step.send(ledger, market);
  EXPECT_TRUE(sent || !was_done) << step.text();
  if (!sent) return;
  EXPECT_TRUE(sent->repeated || !was_done) << step.text();
  expect_no_effect(ledger, market, step);
}

TEST_P(Crash, NoAcknowledgedWriteIsLostNoneDoubled) {
  const unsigned crashes = long_tests() ? 200 : 8, crashes_of_a_place = 10;
  std::mt19937 random(7);
  int cut_short = 0;
  for (unsigned number = 0; number < crashes; ++number) {
    ledger.reset();  // not to be carried into another process
    if (number % crashes_of_a_place == 0) place.emplace(GetParam());
    const Report said = killed_writer(*place, churn_market, number, random);
    ledger.emplace(place->open({.durability = Durability::normal}));
    for (const ChurnStep& step : said.done) EXPECT_TRUE(*ledger->find(step.key)) << step.key;
    if (said.in_flight) {
      ++cut_short;
      expect_one_effect(*ledger, churn_market, *said.in_flight);
    }
    if (!said.done.empty()) expect_no_effect(*ledger, churn_market, said.done.back());
    const bool last = (number + 1) % crashes_of_a_place == 0 || number + 1 == crashes;
    if (!last) continue;
    expect_sound(*ledger, churn_market);
    EXPECT_GT(share_of_changes_at_the_end(*ledger), 0.05);
  }
  EXPECT_GT(cut_short, 0);
}

}  // namespace
}  // namespace muster::testing
