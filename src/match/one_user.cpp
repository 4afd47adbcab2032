#include "match/one_user.hpp"

#include <algorithm>
#include <vector>

#include "core/bits.hpp"
#include "match/one_user_build.hpp"
#include "match/one_user_kernels.hpp"
#include "match/one_user_shared.hpp"

namespace muster {
namespace {

const OneUserKernel& kernel_for(InstructionSet isa) {
  switch (isa) {
#if defined(__x86_64__)
    case InstructionSet::avx512:
      return one_user_avx512;
    case InstructionSet::avx2:
      return one_user_avx2;
    case InstructionSet::sse42:
      return one_user_sse42;
#elif defined(__aarch64__)
    case InstructionSet::neon:
      return one_user_neon;
#endif
    default:
      return one_user_scalar;
  }
}

bool ask_program(const void* context, std::uint32_t rule, const std::uint64_t* bits) noexcept {
  return static_cast<const OneUserInput*>(context)->rules.evaluate(rule, bits);
}

}  // namespace

struct OneUserScratch::Body {
  std::vector<std::uint64_t> bits;  // a copy of the user with shared bits; empty if there are none
  std::vector<std::uint64_t> bitmap;
  std::vector<std::uint32_t> keys;
  std::vector<std::uint32_t> queue;
  std::vector<std::uint32_t> shaped;
  std::vector<std::uint16_t> marks;
};

struct OneUserIndex::Body {
  OneUserTables tables;
  OneUserView view;
  SharedGates shared;
  const OneUserKernel* kernel;

  OneUserCall call(const OneUserInput& input, const std::uint64_t* user,
                   OneUserScratch::Body& work) const noexcept {
    if (!work.bits.empty()) {
      std::copy_n(user, words_for(input.user_bits), work.bits.begin());
      shared.run(work.bits.data());
      user = work.bits.data();
    }
    return {&view,
            {work.bitmap.data(), work.keys.data(), work.queue.data(), work.shaped.data(),
             work.marks.data()},
            user,
            words_for(input.all_bits()),
            ask_program,
            &input};
  }
};

OneUserScratch::OneUserScratch(const OneUserIndex& index) : body_(std::make_unique<Body>()) {
  const auto& from = *index.body_;
  body_->bits.resize(from.shared.words());
  body_->bitmap.resize(one_user_tile_words);
  body_->keys.resize(one_user_line_bits + one_user_slack);
  body_->queue.resize(one_user_queue + one_user_slack);
  body_->shaped.resize(one_user_shapes * (one_user_queue + one_user_slack));
  body_->marks.resize(one_user_max_marks + one_user_slack);
}
OneUserScratch::OneUserScratch(OneUserScratch&&) noexcept = default;
OneUserScratch& OneUserScratch::operator=(OneUserScratch&&) noexcept = default;
OneUserScratch::~OneUserScratch() = default;

OneUserIndex::OneUserIndex(std::unique_ptr<const Body> body) noexcept : body_(std::move(body)) {}
OneUserIndex::OneUserIndex(OneUserIndex&&) noexcept = default;
OneUserIndex& OneUserIndex::operator=(OneUserIndex&&) noexcept = default;
OneUserIndex::~OneUserIndex() = default;

Result<OneUserIndex> OneUserIndex::build(const OneUserInput& input, const Kernel& kernel,
                                         const OneUserOptions& options) {
  const OneUserKernel& code = kernel_for(kernel.isa);
  Result<OneUserTables> tables = build_one_user(input, code.costs, options);
  if (!tables) return tables.error();
  auto body = std::make_unique<Body>(
      Body{std::move(*tables), {}, SharedGates(input.shared, input.user_bits), &code});
  body->view = body->tables.view();
  return OneUserIndex(std::move(body));
}

std::size_t OneUserIndex::match(const OneUserInput& input, const std::uint64_t* user,
                                OneUserScratch& scratch,
                                std::span<std::uint32_t> out) const noexcept {
  return body_->kernel->ids(body_->call(input, user, *scratch.body_), out.data(), out.size());
}

void OneUserIndex::match_bits(const OneUserInput& input, const std::uint64_t* user,
                              OneUserScratch& scratch, std::uint64_t* out) const noexcept {
  std::fill_n(out, words_for(input.rules.size()), std::uint64_t{0});
  body_->kernel->bitmap(body_->call(input, user, *scratch.body_), out);
}

std::size_t OneUserIndex::memory_bytes() const noexcept {
  return sizeof(Body) + body_->tables.memory_bytes() + body_->shared.memory_bytes();
}

}  // namespace muster
