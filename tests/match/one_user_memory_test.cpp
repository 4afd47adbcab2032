// What matching one user does with memory: allocates none, stays within what it is given.

#include <sys/mman.h>
#include <unistd.h>

#include "counted_memory.hpp"
#include "one_user_sets.hpp"

namespace muster::testing {
namespace {

class OneUserMemory : public ::testing::TestWithParam<std::string_view> {
 protected:
  OneUserIndex build(const Set& set, const OneUserOptions& options = {}) const {
    return OneUserIndex::build(set.input(), **find_kernel(GetParam()), options).value();
  }

  void expect_no_allocation(const Set& set, const OneUserIndex& index, Random& random) {
    OneUserScratch scratch(index);
    std::vector<std::uint32_t> ids(set.rules.size());
    std::vector<std::uint64_t> bitmap((set.rules.size() + 63) / 64);
    std::vector<std::vector<std::uint64_t>> users;
    for (int i = 0; i < 50; ++i) users.push_back(random_user(random, set.user_bits, 30));
    std::size_t found = 0;
    const std::size_t before = allocations;
    for (const auto& user : users) {
      found += index.match(set.input(), user.data(), scratch, ids);
      index.match_bits(set.input(), user.data(), scratch, bitmap.data());
    }
    EXPECT_EQ(allocations - before, 0u);
    EXPECT_GT(found, 0u);
  }
};

// Plain rules, OR groups, windows, shared segments, rules that run as programs, few bits and many.
TEST_P(OneUserMemory, MatchAllocatesNothing) {
  Random random(12);
  for (std::size_t bits : {100u, 600u, 3000u}) {
    for (std::size_t rules : {50u, 2000u}) {
      SCOPED_TRACE(std::to_string(bits) + " bits, " + std::to_string(rules) + " rules");
      const Set set = random_set(random, rules, {bits, 0.3, 3, 4}, 20);
      expect_no_allocation(set, build(set), random);
      expect_no_allocation(set, build(set, {.max_conjunctions = 2}), random);
    }
  }
}

TEST_P(OneUserMemory, IsCounted) {
  Random random(13);
  const Set small = random_set(random, 100, {200, 0.2, 1, 8});
  const Set large = random_set(random, 10'000, {200, 0.2, 1, 8});
  const std::size_t few = build(small).memory_bytes();
  const std::size_t many = build(large).memory_bytes();
  EXPECT_GT(few, 0u);
  EXPECT_GT(many, few * 10);
  EXPECT_LT(many, 10'000u * 40);
}

// Words before a page that must not be touched.
class WordsBeforeAWall {
 public:
  explicit WordsBeforeAWall(std::size_t words) : page_(static_cast<std::size_t>(getpagesize())) {
    void* const pages =
        mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    pages_ = static_cast<std::byte*>(pages);
    mprotect(pages_ + page_, page_, PROT_NONE);
    words_ = reinterpret_cast<std::uint64_t*>(pages_ + page_) - words;
  }
  WordsBeforeAWall(const WordsBeforeAWall&) = delete;
  WordsBeforeAWall& operator=(const WordsBeforeAWall&) = delete;
  ~WordsBeforeAWall() { munmap(pages_, 2 * page_); }

  std::uint64_t* get() const { return words_; }

 private:
  std::size_t page_;
  std::byte* pages_ = nullptr;
  std::uint64_t* words_ = nullptr;
};

// A short block of which no entry holds, with rows of another block behind it: its rules end where
// the rows begin, and those must not be taken for a rule.
TEST_P(OneUserMemory, ShortBlocksWithoutHitsTouchNoRule) {
  constexpr std::uint32_t bits = 48;
  Set set;
  set.user_bits = bits;
  const auto both = [](std::uint32_t a, std::uint32_t b) {
    return combine(Op::all_of, {literal(make_literal(a, false)), literal(make_literal(b, false))});
  };
  const auto any_of_three = [](std::uint32_t a) {
    return combine(Op::any_of,
                   {literal(make_literal(a, false)), literal(make_literal(a + 1, false)),
                    literal(make_literal(a + 2, false))});
  };
  // Two alternatives keep a rule out of windows.
  for (std::uint32_t i = 0; i < 8; ++i) {
    set.rules.add(combine(Op::any_of, {both(i, i + 8), both(i + 16, i + 24)}));
  }
  for (std::uint32_t i = 0; i < 40; ++i) {
    const auto guarded =
        combine(Op::all_of, {literal(make_literal(i, false)), any_of_three((i + 4) % (bits - 3))});
    set.rules.add(combine(Op::any_of, {guarded, both(i, i + 7)}));
  }
  // So common that none is a key.
  const std::vector<float> frequency(bits, 0.9f);
  const OneUserIndex index = build(set, {.frequency = frequency});
  OneUserScratch scratch(index);
  const std::uint64_t nobody = 0;
  const WordsBeforeAWall bitmap(1);
  index.match_bits(set.input(), &nobody, scratch, bitmap.get());
  EXPECT_EQ(*bitmap.get(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Kernels, OneUserMemory, ::testing::ValuesIn(kernel_names()), test_name);

}  // namespace
}  // namespace muster::testing
