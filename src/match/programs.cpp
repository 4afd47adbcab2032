#include "match/programs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/container/small_vector.hpp>

#include "core/bits.hpp"
#include "match/program_verifier.hpp"

namespace muster {

using namespace program_token;

namespace {

void put(std::vector<std::uint8_t>& out, std::uint32_t byte) {
  out.push_back(static_cast<std::uint8_t>(byte));
}

void put_literal_backwards(std::vector<std::uint8_t>& out, Literal literal) {
  if (literal < double_base) return put(out, literal + short_token);
  if (literal < triple_base) {
    put(out, (literal - double_base) & 0xff);
    return put(out, (literal - double_base) / 256 + double_token);
  }
  const bool triple = literal < long_base;
  const std::uint32_t rest = literal - (triple ? triple_base : long_base);
  for (unsigned shift = 0; shift < (triple ? 16 : 32); shift += 8) put(out, rest >> shift & 0xff);
  put(out, triple ? triple_token : long_token);
}

// Writes a postfix program backwards, so that operators come before their operands.
class BackwardWriter {
 public:
  explicit BackwardWriter(std::vector<std::uint8_t>& out) : out_(out) {}

  void write(std::span<const ProgramNode> program) {
    put(out_, close_token);
    bare_root_ = program.back().op == ProgramNode::Op::all_of;
    for (std::size_t i = program.size(); i-- > 0;) write_node(program[i], i + 1 == program.size());
  }

 private:
  void write_node(const ProgramNode& node, bool root) {
    if (node.op == ProgramNode::Op::literal) {
      put_literal_backwards(out_, node.arg);
      return finish_operand();
    }
    const bool bare = root && bare_root_;
    if (!bare) put(out_, close_token);
    if (node.arg > 0) return missing_.push_back(node.arg);
    if (!bare) put(out_, open_token);
  }

  void finish_operand() {
    while (!missing_.empty() && --missing_.back() == 0) {
      missing_.pop_back();
      if (!missing_.empty() || !bare_root_) put(out_, open_token);
    }
  }

  std::vector<std::uint8_t>& out_;
  bool bare_root_ = false;
  boost::container::small_vector<std::uint32_t, 64> missing_;  // operands, per open group
};

Error corrupt(std::string message) { return {Errc::corrupt, std::move(message), {}}; }

}  // namespace

void ProgramList::begin_program() {
  if (size_ % stride == 0) starts_.push_back(bytes_.size());
  ++size_;
}

void ProgramList::add(std::span<const ProgramNode> program) {
  begin_program();
  const auto start = static_cast<std::ptrdiff_t>(bytes_.size());
  BackwardWriter(bytes_).write(program);
  std::reverse(bytes_.begin() + start, bytes_.end());
}

void ProgramList::shrink_to_fit() {
  bytes_.shrink_to_fit();
  starts_.shrink_to_fit();
}

const std::uint8_t* ProgramList::find(std::size_t index) const noexcept {
  const std::uint8_t* at = bytes_.data() + starts_[index / stride];
  for (std::size_t i = 0; i < index % stride; ++i) at = skip_group(at);
  return at;
}

void ProgramList::read(std::size_t index, std::vector<ProgramNode>& out) const {
  Cursor(*this, index).next(out);
}

void ProgramList::Cursor::next(std::vector<ProgramNode>& out) {
  out.clear();
  boost::container::small_vector<std::uint32_t, 64> operands{0};  // so far, per open group
  while (!operands.empty()) {
    const std::uint8_t* token = at_;
    at_ += token_size(*token);
    if (*token == open_token) {
      operands.push_back(0);
    } else if (*token != close_token) {
      out.push_back({ProgramNode::Op::literal, static_cast<Literal>(read_literal(token))});
      ++operands.back();
    } else {
      const ProgramNode group{
          operands.size() % 2 == 1 ? ProgramNode::Op::all_of : ProgramNode::Op::any_of,
          operands.back()};
      operands.pop_back();
      if (!operands.empty()) ++operands.back();
      if (!operands.empty() || group.arg != 1) out.push_back(group);
    }
  }
}

bool ProgramList::evaluate(std::size_t index, const std::uint64_t* bits) const noexcept {
  return evaluate_with(index, [bits](std::uint32_t bit) noexcept { return test_bit(bits, bit); });
}

std::size_t ProgramList::memory_bytes() const noexcept {
  return bytes_.capacity() + starts_.capacity() * sizeof(starts_[0]);
}

Result<ProgramList> ProgramList::from_bytes(std::span<const std::uint8_t> bytes, std::size_t size,
                                            std::uint32_t literals) {
  if (size > bytes.size()) return corrupt("there are fewer bytes than programs");
  ProgramList list;
  list.starts_.reserve((size + stride - 1) / stride);
  ProgramVerifier verifier(bytes, literals);
  for (std::size_t i = 0; i < size; ++i) {
    if (i % stride == 0) list.starts_.push_back(verifier.position());
    if (!verifier.accept()) {
      return corrupt(fmt::format("program {} {}", i, verifier.problem()));
    }
  }
  if (verifier.position() != bytes.size()) return corrupt("bytes follow the last program");
  list.size_ = size;
  list.bytes_.assign(bytes.begin(), bytes.end());
  return list;
}

}  // namespace muster
