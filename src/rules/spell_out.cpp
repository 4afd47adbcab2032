#include "rules/spell_out.hpp"

namespace muster {
namespace {

struct Frame {
  const Formula* formula;
  std::size_t left;  // nodes not yet read, from the back
};

}  // namespace

bool put_root_first(const Formula& formula, const SegmentList& segments, std::size_t max_literals,
                    std::vector<Formula::Node>& out) {
  out.clear();
  std::size_t literals = 0;
  std::vector<Frame> frames = {{&formula, formula.nodes.size()}};
  while (!frames.empty()) {
    Frame& frame = frames.back();
    if (frame.left == 0) {
      frames.pop_back();
      continue;
    }
    const Formula::Node& node = frame.formula->nodes[--frame.left];
    if (node.op == Formula::Op::segment) {
      const Formula& segment = segments[node.id].formula(node.negated);
      frames.push_back({&segment, segment.nodes.size()});
      continue;
    }
    if (node.op == Formula::Op::predicate && ++literals > max_literals) return false;
    out.push_back(node);
  }
  return true;
}

}  // namespace muster
