// Planning: how many users each policy reaches, which two reach the same ones, and who they are.
// usage: planning CATALOGUE USERS.csv

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <muster/muster.hpp>
#include <string>
#include <vector>

using namespace muster;

/// The library never asks what day it is; here it is what day it is in UTC.
static Date today() {
  using namespace std::chrono;
  return {static_cast<std::int32_t>(floor<days>(system_clock::now()).time_since_epoch().count())};
}

static std::string read_text(const char* file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Every finding as file:line:column with the place marked.
static int show(const Error& error, const std::string& text, const char* file) {
  for (const Diagnostic& finding : error.diagnostics) std::cerr << render(finding, text, file);
  if (error.diagnostics.empty()) std::cerr << file << ": " << error.message << '\n';
  return 1;
}

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: planning CATALOGUE USERS.csv\n";
    return 2;
  }
  const std::string text = read_text(argv[1]);
  const Result<Catalogue> read = Catalogue::from_json(text);
  if (!read) return show(read.error(), text, argv[1]);
  const Catalogue& catalogue = *read;
  // value() throws muster::Exception where there is an error: handy in tools.
  const UserTable users = read_csv_file(catalogue.schema(), argv[2]).value().table;
  const RuleSet rules = catalogue.compile().value();

  // Once per population and day; everything below reads these bits.
  RunOptions run;
  run.threads = 0;  // as many as the machine has
  const EncodedUsers bits = rules.encoder().encode(users, today(), run).value();

  const Audience audience(rules);
  const std::vector<std::uint64_t> counts = audience.counts(bits, run).value();
  const auto largest =
      static_cast<RuleId>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  std::cout << "largest: " << catalogue.policies()[largest].id << ", " << counts[largest]
            << " users\n";

  const std::vector<std::uint64_t> overlaps = audience.overlaps(bits, run).value();
  std::size_t shared = 0, a = 0, b = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rules.size(); ++j) {
      if (overlaps[i * rules.size() + j] <= shared) continue;
      shared = overlaps[i * rules.size() + j], a = i, b = j;
    }
  }
  std::cout << "most shared: " << catalogue.policies()[a].id << " and "
            << catalogue.policies()[b].id << ", " << shared << " users\n";

  const std::vector<std::uint64_t> bitmap = audience.bitmap(bits, largest).value();
  std::string key;
  std::cout << "its first users:";
  for (UserIndex user = 0, shown = 0; user < users.size() && shown < 3; ++user) {
    if ((bitmap[user / 64] >> (user % 64) & 1) == 0) continue;
    std::cout << ' ' << users.key(user, key);
    ++shown;
  }
  std::cout << '\n';
} catch (const Exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
