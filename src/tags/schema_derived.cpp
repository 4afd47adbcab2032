#include <fmt/core.h>

#include <algorithm>

#include "core/diagnostics.hpp"
#include "tags/schema_check.hpp"

namespace muster {
namespace {

SchemaProblem problem(std::size_t tag, ByteRange range, Errc code, std::string message,
                      std::string suggestion) {
  return {tag, TagPart::derived, 0, range, code, std::move(message), std::move(suggestion)};
}

// Depth-first search over the formulas' inputs with its own stack, as chains may be long.
class DerivedOrder {
 public:
  DerivedOrder(SchemaBody& body, std::vector<SchemaProblem>& problems)
      : body_(body), problems_(problems), states_(body.tags.size()) {}

  void find() {
    for (std::size_t tag = 0; tag < states_.size(); ++tag) {
      if (body_.formulas[tag] && states_[tag] == State::fresh) visit(tag);
    }
  }

 private:
  enum class State : std::uint8_t { fresh, open, done };
  struct Frame {
    std::size_t tag;
    std::size_t next_input = 0;
  };

  void visit(std::size_t root) {
    enter(root);
    while (!path_.empty()) {
      Frame& frame = path_.back();
      const auto inputs = body_.formulas[frame.tag]->inputs();
      if (frame.next_input == inputs.size()) {
        leave(frame.tag);
        continue;
      }
      const auto input = static_cast<std::size_t>(inputs[frame.next_input++]);
      if (states_[input] == State::open) {
        note_cycle(input);
      } else if (body_.formulas[input] && states_[input] == State::fresh) {
        enter(input);
      }
    }
  }

  void enter(std::size_t tag) {
    states_[tag] = State::open;
    path_.push_back({tag});
  }

  void leave(std::size_t index) {
    states_[index] = State::done;
    path_.pop_back();
    Arithmetic& formula = *body_.formulas[index];
    formula.set_rank(body_.derived_order.size());
    body_.derived_order.push_back(static_cast<TagId>(index));
    const auto inputs = formula.inputs();
    body_.tags[index].nullable |=
        formula.may_be_null() || std::any_of(inputs.begin(), inputs.end(), [&](TagId input) {
          return body_.tags[static_cast<std::size_t>(input)].nullable;
        });
  }

  void note_cycle(std::size_t tag) {
    auto frame =
        std::find_if(path_.begin(), path_.end(), [&](const Frame& f) { return f.tag == tag; });
    std::string names;
    for (; frame != path_.end(); ++frame) names += in_quotes(body_.tags[frame->tag].name) + " -> ";
    problems_.push_back(problem(
        tag, {0, body_.tags[tag].derived.size()}, Errc::derived_cycle,
        fmt::format("derived tags need each other: {}{}", names, in_quotes(body_.tags[tag].name)),
        {}));
  }

  SchemaBody& body_;
  std::vector<SchemaProblem>& problems_;
  std::vector<State> states_;
  std::vector<Frame> path_;
};

void compile(SchemaBody& body, std::size_t index, const FindTag& find, const Limits& limits,
             std::vector<SchemaProblem>& problems) {
  Result<Arithmetic> formula = parse_arithmetic(body.tags[index].derived, body.tags, find, limits);
  if (formula) {
    body.formulas[index] = std::make_unique<Arithmetic>(std::move(*formula));
    return;
  }
  for (const Diagnostic& found : formula.error().diagnostics) {
    problems.push_back(problem(
        index, found.range, found.code,
        fmt::format("the formula of {}: {}", in_quotes(body.tags[index].name), found.message),
        found.suggestion));
  }
}

}  // namespace

void check_derived(SchemaBody& body, const Limits& limits, std::vector<SchemaProblem>& problems) {
  const FindTag find = [&](std::string_view name) -> std::optional<TagId> {
    const auto found = body.by_name.find(name);
    return found == body.by_name.end() ? std::nullopt : std::optional(found->second);
  };
  for (std::size_t i = 0; i < body.tags.size(); ++i) {
    if (!body.tags[i].derived.empty() && body.tags[i].type == TagType::number) {
      compile(body, i, find, limits, problems);
    }
  }
  DerivedOrder(body, problems).find();
}

}  // namespace muster
