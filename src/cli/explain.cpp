#include "muster/match/explain.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/inputs.hpp"
#include "cli/output.hpp"
#include "cli/report.hpp"
#include "core/suggest.hpp"

namespace muster::cli {
namespace {

struct ExplainInput {
  CatalogueInput catalogue;
  UsersInput users;
  TodayInput today;
  std::string user;
  std::string policy;
};

Exit explain_one(const Catalogue& catalogue, const Policy& policy, const UserView& user,
                 const ExplainInput& input) {
  Checker checker = catalogue.checker();
  const auto explanation = explain(checker, policy.segment, user, input.today.date());
  if (!explanation) return refuse(explanation.error().message);
  Output out;
  out.open({});
  out.write(fmt::format("user {}, policy {} ({})\nfor: {}\n", input.user, policy.id, policy.name,
                        policy.segment));
  std::string text = to_text(*explanation);
  if (!text.ends_with('\n')) text += '\n';
  out.write(text);
  return out.finish();
}

Exit refuse_policy(const Catalogue& catalogue, const ExplainInput& input) {
  Suggestion meant(input.policy);
  for (const Policy& policy : catalogue.policies()) meant.offer(policy.id);
  return refuse(
      fmt::format("'{}' has no policy '{}'{}", input.catalogue.file, input.policy,
                  meant.best().empty() ? "" : fmt::format("; did you mean '{}'?", meant.best())));
}

Exit refuse_user(const ExplainInput& input, std::uint64_t left_out) {
  return refuse(fmt::format(
      "'{}' has no user '{}'{}", input.users.file, input.user,
      left_out == 0 ? ""
                    : fmt::format(" among those that could be read; {} left out",
                                  left_out == 1 ? "1 row was" : grouped(left_out) + " rows were")));
}

Exit explain_to(const ExplainInput& input) {
  const auto catalogue = input.catalogue.load();
  if (!catalogue) return Exit::refused;
  const std::size_t policy = catalogue->find(input.policy);
  if (policy == catalogue->policies().size()) {
    return refuse_policy(*catalogue, input);
  }
  std::uint64_t left_out = 0;
  const auto users = input.users.load(catalogue->schema(), &left_out);
  if (!users) return Exit::refused;
  const auto user = users->find(input.user);
  if (!user) return refuse_user(input, left_out);
  return explain_one(*catalogue, catalogue->policies()[policy], users->row(*user), input);
}

}  // namespace

void add_explain(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("explain", "Say why a policy fits a user, or what would have to change");
  command->footer(
      "\nShows each condition of the policy with the user's own value, and, where the policy does\n"
      "not fit, the fewest tags that would have to change for it to fit. A user is named by the\n"
      "key column, or by the row number from 1 where the schema has none.\n"
      "\nExample:\n"
      "  muster explain catalogue.json --users customers.csv --user 42 --policy P7");
  auto input = std::make_shared<ExplainInput>();
  input->catalogue.add_to(*command);
  input->users.add_to(*command)->required();
  command->add_option("--user", input->user, "the user's key")->required()->type_name("KEY");
  command->add_option("--policy", input->policy, "the policy's id")->required()->type_name("ID");
  input->today.add_to(*command);
  command->callback([input, &exit] { exit = explain_to(*input); });
}

}  // namespace muster::cli
