#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "match/programs.hpp"

namespace muster {

/// Walks programs of unknown bytes, one after another.
class ProgramVerifier {
 public:
  ProgramVerifier(std::span<const std::uint8_t> bytes, std::uint32_t literals)
      : bytes_(bytes), literals_(literals) {}

  std::size_t position() const { return at_; }
  /// What was wrong where accept() said no.
  const char* problem() const { return problem_; }

  /// Whether a good program begins at position(); then position() is behind it.
  bool accept();

 private:
  bool fail(const char* problem);
  bool step();
  bool open();
  bool literal();
  bool close();
  bool is_false() const;
  void count_operand();

  std::span<const std::uint8_t> bytes_;
  std::uint32_t literals_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool done_ = false;
  const char* problem_ = "";
  std::array<std::uint8_t, ProgramList::max_depth + 1> operands_{};  // per open group, at most 2
};

}  // namespace muster
