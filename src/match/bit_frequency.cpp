#include "match/bit_frequency.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace muster {
namespace {

constexpr std::size_t sample_users = 4096;
constexpr std::uint64_t guessed_null_share = certain / 10;
constexpr std::uint64_t guessed_flag_share = certain / 2;  // of the flag asked for most
constexpr std::uint64_t guessed_set_size = 3;

using Group = std::pair<TagId, Aspect>;

Frequency share(std::uint64_t part, std::uint64_t whole, std::uint64_t of = certain) {
  if (whole == 0) return 0;
  return static_cast<Frequency>(std::min<std::uint64_t>(part, whole) * of / whole);
}

Frequency product(Frequency a, Frequency b) {
  return static_cast<Frequency>((std::uint32_t{a} * b + certain / 2) / certain);
}

void count_bits(std::span<const std::uint64_t> words, std::vector<std::uint32_t>& counts) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::uint64_t rest = words[i]; rest != 0; rest &= rest - 1) {
      ++counts[i * 64 + static_cast<std::size_t>(std::countr_zero(rest))];
    }
  }
}

// Guesses for the predicates of one rule set.
class Guess {
 public:
  Guess(const Schema& schema, std::span<const Predicate> predicates,
        std::span<const std::uint64_t> uses)
      : schema_(schema) {
    for (std::size_t i = 0; i < predicates.size(); ++i) notice(predicates[i], uses[i]);
    for (auto& [group, cuts] : cuts_) {
      std::sort(cuts.begin(), cuts.end());
      cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    }
  }

  Frequency of(const Predicate& predicate, std::uint64_t uses) const {
    const Tag& tag = schema_.tag(predicate.tag);
    const Frequency known = known_share(tag, predicate, uses);
    if (!tag.nullable) return known;
    const std::uint64_t of_known = std::uint64_t{known} * (certain - guessed_null_share) / certain;
    return static_cast<Frequency>(of_known + (predicate.null ? guessed_null_share : 0));
  }

 private:
  void notice(const Predicate& predicate, std::uint64_t uses) {
    if (schema_.tag(predicate.tag).type == TagType::boolean) {
      most_flag_uses_ = std::max(most_flag_uses_, uses);
    }
    if (predicate.cuts.empty()) return;
    auto& cuts = cuts_[Group{predicate.tag, predicate.aspect}];
    cuts.insert(cuts.end(), predicate.cuts.begin(), predicate.cuts.end());
  }

  // Among the users whose value is known.
  Frequency known_share(const Tag& tag, const Predicate& predicate, std::uint64_t uses) const {
    switch (tag.type) {
      case TagType::boolean:
        return flag_share(predicate, uses);
      case TagType::category:
        return share(predicate.codes.size(), tag.values.size());
      case TagType::category_set:
        return set_share(tag, predicate);
      case TagType::number:
      case TagType::date:
        return line_share(predicate);
    }
    return 0;
  }

  Frequency flag_share(const Predicate& predicate, std::uint64_t uses) const {
    if (predicate.codes.size() != 1) return predicate.codes.empty() ? 0 : certain;
    const Frequency yes = share(uses, most_flag_uses_, guessed_flag_share);
    return predicate.codes[0] == CategoryCode{1} ? yes : static_cast<Frequency>(certain - yes);
  }

  static Frequency set_share(const Tag& tag, const Predicate& predicate) {
    const Frequency any = share(predicate.codes.size() * guessed_set_size, tag.values.size());
    return predicate.none_of ? static_cast<Frequency>(certain - any) : any;
  }

  // The share of values above a cut falls evenly from cut to cut.
  Frequency line_share(const Predicate& predicate) const {
    if (predicate.cuts.empty()) return 0;
    const auto& cuts = cuts_.find({predicate.tag, predicate.aspect})->second;
    std::uint64_t parts = 0;
    for (std::size_t i = 0; i < predicate.cuts.size(); ++i) {
      const std::uint64_t above = parts_above(cuts, predicate.cuts[i]);
      parts += i % 2 == 0 ? above : 0 - above;
    }
    return share(parts, cuts.size() + 1);
  }

  static std::uint64_t parts_above(const std::vector<Cut>& cuts, const Cut& cut) {
    return static_cast<std::uint64_t>(cuts.end() - std::lower_bound(cuts.begin(), cuts.end(), cut));
  }

  const Schema& schema_;
  std::map<Group, std::vector<Cut>> cuts_;
  std::uint64_t most_flag_uses_ = 0;
};

Frequency frequency_of(std::span<const ProgramNode> program, std::span<const Frequency> bits) {
  std::vector<Frequency> stack;
  for (const ProgramNode& node : program) {
    if (node.op == ProgramNode::Op::literal) {
      const Frequency bit = bits[bit_of(node.arg)];
      stack.push_back(is_negated(node.arg) ? static_cast<Frequency>(certain - bit) : bit);
      continue;
    }
    const Frequency flip = node.op == ProgramNode::Op::any_of ? certain : 0;
    Frequency all = certain;
    for (std::uint32_t i = 0; i < node.arg; ++i) {
      all = product(all, static_cast<Frequency>(flip ^ stack.back()));
      stack.pop_back();
    }
    stack.push_back(static_cast<Frequency>(flip ^ all));
  }
  return stack.back();
}

}  // namespace

Result<std::vector<Frequency>> measure_frequencies(const Encoder& encoder, const UserTable& sample,
                                                   Date today) {
  if (sample.schema().fingerprint() != encoder.schema().fingerprint()) {
    return Error{Errc::schema_mismatch, "the sample of users was made for another schema", {}};
  }
  const std::size_t step = (sample.size() + sample_users - 1) / sample_users;
  std::vector<std::uint64_t> words(encoder.words());
  std::vector<std::uint32_t> counts(encoder.words() * 64);
  std::uint64_t users = 0;
  for (std::size_t user = 0; user < sample.size(); user += step) {
    if (!encoder.encode(sample.row(user), today, words)) continue;
    count_bits(words, counts);
    ++users;
  }
  std::vector<Frequency> frequencies(encoder.bits());
  for (std::size_t i = 0; i < frequencies.size(); ++i) frequencies[i] = share(counts[i], users);
  return frequencies;
}

std::vector<Frequency> guess_frequencies(const Schema& schema,
                                         std::span<const Predicate> predicates,
                                         std::span<const std::uint64_t> uses) {
  const Guess guess(schema, predicates, uses);
  std::vector<Frequency> frequencies;
  frequencies.reserve(predicates.size());
  for (std::size_t i = 0; i < predicates.size(); ++i) {
    frequencies.push_back(guess.of(predicates[i], uses[i]));
  }
  return frequencies;
}

void append_shared(std::vector<Frequency>& frequencies, const ProgramList& shared) {
  std::vector<ProgramNode> program;
  frequencies.reserve(frequencies.size() + shared.size());
  if (shared.size() == 0) return;
  ProgramList::Cursor programs(shared);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    programs.next(program);
    frequencies.push_back(frequency_of(program, frequencies));
  }
}

}  // namespace muster
