// A saved rule set, all numbers little-endian:
//
//   "MUSTERRS", version (4 bytes), checksum of all that follows (8)
//   schema as JSON (length 8, bytes)
//   predicates of the bits (see saved_predicates.hpp)
//   shared programs: how many (8), bytes (length 8, bytes; see ProgramList)
//   rules: likewise
//   how often each bit holds, encoder's and shared ones (2 each)
//
// What can be made from these is not saved but made anew, so that nothing else has to be
// trusted.

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "core/checksum.hpp"
#include "match/rule_set_body.hpp"
#include "match/saved_bytes.hpp"
#include "match/saved_predicates.hpp"

namespace muster {
namespace {

constexpr std::array<char, 8> magic{'M', 'U', 'S', 'T', 'E', 'R', 'R', 'S'};
constexpr std::uint32_t current_version = 1;

Error damaged(const std::string& what) {
  return {Errc::corrupt, fmt::format("the saved rule set is damaged: {}", what), {}};
}

Error over_limit(const std::string& what) {
  return {Errc::limit, fmt::format("the saved rule set {}", what), {}};
}

// The same error, said of the whole.
Error within(Error error) {
  error.code = error.code == Errc::limit ? Errc::limit : Errc::corrupt;
  error.message = fmt::format("the saved rule set is {}: {}",
                              error.code == Errc::limit ? "refused" : "damaged", error.message);
  error.diagnostics.clear();
  return error;
}

template <class T>
std::span<const std::byte> as_bytes_of(const T& range) {
  return std::as_bytes(std::span(range.data(), range.size()));
}

void write_programs(ByteWriter& out, const ProgramList& programs) {
  out.put(std::uint64_t{programs.size()});
  out.put_block(std::as_bytes(programs.bytes()));
}

std::vector<std::byte> write_payload(const CompiledRules& compiled,
                                     std::span<const Frequency> frequencies) {
  ByteWriter out;
  out.put_block(as_bytes_of(compiled.encoder.schema().to_json()));
  write_predicates(out, compiled.encoder.predicates());
  write_programs(out, compiled.shared);
  write_programs(out, compiled.rules);
  for (const Frequency frequency : frequencies) out.put(frequency);
  return std::move(out).take();
}

// What is behind the header, once that is found good.
Result<std::span<const std::byte>> open_envelope(std::span<const std::byte> bytes,
                                                 const Limits& limits) {
  if (bytes.size() > limits.max_saved_bytes) {
    return over_limit(fmt::format("has {} bytes, more than max_saved_bytes ({})", bytes.size(),
                                  limits.max_saved_bytes));
  }
  ByteReader in(bytes);
  const auto start = in.get_bytes(magic.size());
  if (start.size() != magic.size() || std::memcmp(start.data(), magic.data(), magic.size()) != 0) {
    return Error{Errc::corrupt, "these bytes are not a saved rule set", {}};
  }
  const auto version = in.get<std::uint32_t>();
  if (version > current_version) {
    return Error{Errc::unsupported_version,
                 fmt::format("the saved rule set has version {}; this library reads version {}",
                             version, current_version),
                 {}};
  }
  const auto expected = in.get<std::uint64_t>();
  if (!in.good()) return damaged("it is cut short");
  if (version == 0) return damaged("there is no version 0");
  const auto payload = in.get_bytes(in.left());
  if (checksum(payload.data(), payload.size()) != expected) {
    return damaged("its checksum is wrong");
  }
  return payload;
}

Result<Schema> read_schema(ByteReader& in, const Limits& limits) {
  const auto json = in.get_block();
  if (!in.good()) return damaged("its schema is cut short");
  Result<Schema> schema =
      Schema::from_json({reinterpret_cast<const char*>(json.data()), json.size()}, limits);
  if (!schema) return within(schema.error());
  return schema;
}

Result<ProgramList> read_programs(ByteReader& in, const char* what, std::size_t bits,
                                  std::size_t max_size, const char* max_name) {
  const auto size = in.get<std::uint64_t>();
  const auto block = in.get_block();
  if (!in.good()) return damaged(fmt::format("its {} are cut short", what));
  if (size > max_size) {
    return over_limit(fmt::format("has {} {}, more than {} ({})", size, what, max_name, max_size));
  }
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(block.data()), block.size());
  Result<ProgramList> programs = ProgramList::from_bytes(bytes, static_cast<std::size_t>(size),
                                                         static_cast<std::uint32_t>(bits * 2));
  if (!programs) return damaged(fmt::format("among its {}, {}", what, programs.error().message));
  return programs;
}

// Programs may read encoded bits and shared programs before them only.
bool reads_backwards(const ProgramList& shared, std::size_t bits) {
  bool good = true;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    shared.for_each_literal(i, [&](Literal literal) { good &= bit_of(literal) < bits + i; });
  }
  return good;
}

std::vector<Frequency> read_frequencies(ByteReader& in, std::size_t bits) {
  std::vector<Frequency> out(bits);
  for (Frequency& frequency : out) frequency = in.get<Frequency>();
  return out;
}

Result<Lowered> read_payload(std::span<const std::byte> payload, const Limits& limits) {
  ByteReader in(payload);
  const Result<Schema> schema = read_schema(in, limits);
  if (!schema) return schema.error();
  Result<std::vector<Predicate>> predicates = read_predicates(in, *schema, limits.max_bits);
  if (!predicates) return within(predicates.error());
  const std::size_t bits = predicates->size();

  Lowered out{{Encoder(*schema, std::move(*predicates)), {}, {}}, {}};
  CompiledRules& compiled = out.compiled;
  const std::size_t most_shared = CompiledRules::most_shared(limits);
  Result<ProgramList> shared =
      read_programs(in, "shared programs", bits + most_shared, most_shared, "max_shared_segments");
  if (!shared) return shared.error();
  if (!reads_backwards(*shared, bits)) return damaged("a shared program reads a later one");
  compiled.shared = std::move(*shared);
  Result<ProgramList> rules =
      read_programs(in, "rules", compiled.all_bits(), limits.max_rules, "max_rules");
  if (!rules) return rules.error();
  compiled.rules = std::move(*rules);
  out.frequencies = read_frequencies(in, compiled.all_bits());
  if (!in.good() || in.left() != 0) return damaged("its length is wrong");
  return out;
}

Result<void> measure_again(Lowered& lowered, const CompileOptions& options) {
  if (options.sample == nullptr || options.sample->size() == 0) return {};
  auto measured =
      measure_frequencies(lowered.compiled.encoder, *options.sample, options.sample_today);
  if (!measured) return measured.error();
  lowered.frequencies = std::move(*measured);
  append_shared(lowered.frequencies, lowered.compiled.shared);
  return {};
}

}  // namespace

std::vector<std::byte> RuleSet::save() const {
  const std::vector<std::byte> payload = write_payload(body_->compiled, body_->frequencies);
  ByteWriter out;
  out.put_bytes(as_bytes_of(magic));
  out.put(current_version);
  out.put(checksum(payload.data(), payload.size()));
  out.put_bytes(payload);
  return std::move(out).take();
}

Result<RuleSet> RuleSet::load(std::span<const std::byte> bytes, const CompileOptions& options,
                              const Limits& limits) {
  const Result<const Kernel*> kernel = find_kernel(options.kernel);
  if (!kernel) return kernel.error();
  const Result<std::span<const std::byte>> payload = open_envelope(bytes, limits);
  if (!payload) return payload.error();
  Result<Lowered> lowered = read_payload(*payload, limits);
  if (!lowered) return lowered.error();
  const Result<void> measured = measure_again(*lowered, options);
  if (!measured) return measured.error();
  return Body::make(std::move(*lowered), **kernel, limits, options.run);
}

}  // namespace muster
