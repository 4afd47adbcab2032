#include "match/program_verifier.hpp"

#include <algorithm>

namespace muster {

using namespace program_token;

bool ProgramVerifier::accept() {
  depth_ = 0;
  operands_[0] = 0;
  while (step()) {
    if (done_) return true;
  }
  return false;
}

bool ProgramVerifier::fail(const char* problem) {
  problem_ = problem;
  return false;
}

bool ProgramVerifier::step() {
  if (at_ == bytes_.size()) return fail("is cut short");
  const std::uint8_t first = bytes_[at_];
  if (token_size(first) > bytes_.size() - at_) return fail("is cut short");
  const bool good = first == open_token ? open() : first == close_token ? close() : literal();
  at_ += token_size(first);
  return good;
}

bool ProgramVerifier::open() {
  done_ = false;
  if (depth_ == ProgramList::max_depth) return fail("is nested too deeply");
  operands_[++depth_] = 0;
  return true;
}

bool ProgramVerifier::literal() {
  done_ = false;
  if (read_literal(&bytes_[at_]) >= literals_) return fail("has a literal that does not exist");
  count_operand();
  return true;
}

bool ProgramVerifier::close() {
  done_ = depth_ == 0;
  if (done_) return true;
  if (operands_[depth_] < 2 && !is_false()) return fail("has a group with too few operands");
  --depth_;
  count_operand();
  return true;
}

bool ProgramVerifier::is_false() const {
  return operands_[depth_] == 0 && depth_ == 1 && operands_[0] == 0 && at_ + 1 < bytes_.size() &&
         bytes_[at_ + 1] == close_token;
}

void ProgramVerifier::count_operand() {
  operands_[depth_] = std::min<std::uint8_t>(2, static_cast<std::uint8_t>(operands_[depth_] + 1));
}

}  // namespace muster
