// The population matcher's code, compiled once per instruction set: a kernel's source file
// defines, in an unnamed namespace, `Batch` (64-bit words, as xsimd's batch), includes
// audience_line.hpp, defines `add_users(const LineValue (&)[values_at_once], std::uint64_t*
// counts)`, `is_zero(Batch)` and `know_shapes` (whether shapes get code of their own), and includes
// this file there.

#ifdef MUSTER_SANITIZE  // a few stand for all: each takes sanitizers seconds to compile
constexpr std::uint32_t most_all = 3;
constexpr std::uint32_t most_any = 2;
constexpr std::uint32_t most_none = 1;
#else
constexpr std::uint32_t most_all = 8;
constexpr std::uint32_t most_any = 4;
constexpr std::uint32_t most_none = 3;
#endif

/// Shapes with code of their own; others take the general way.
constexpr bool is_known(std::uint32_t all, std::uint32_t any, std::uint32_t none) {
  if (!know_shapes || all + any == 0 || any == 1) return false;
  return any == 0 || (all <= 6 && none <= 2);
}

/// Short operands, taken one after another: four at a time from memory, whose ports are busy with
/// the lines.
class ShortOperands {
 public:
  explicit ShortOperands(const std::uint16_t* operands) : at_(operands) {}

  /// The operand at `i`, known to the compiler. REQUIRES: i rises by 1 from 0, a multiple of 4.
  MUSTER_INLINE std::size_t take(std::uint32_t i) {
    if (i % 4 == 0) {
      __builtin_memcpy(&four_, at_ + i, sizeof four_);
      asm("" : "+r"(four_));  // or compilers would read each of the four from memory after all
    }
    return static_cast<std::uint16_t>(four_ >> (i % 4 * 16));
  }

 private:
  const std::uint16_t* at_;
  std::uint64_t four_ = 0;
};

/// Values of a shape that the compiler knows.
template <std::uint32_t All, std::uint32_t Any, std::uint32_t None>
class KnownShape {
 public:
  KnownShape(LineShape, const std::uint16_t* operands) : operands_(operands) {}

  /// The k-th value, k known to the compiler and rising by 1 from 0 to values_together - 1.
  MUSTER_INLINE LineValue next(const std::uint64_t* lines, std::uint32_t k) {
    std::uint32_t i = k * (All + Any + None);
    LineValue out = load_line(lines, operands_.take(i++));
    if constexpr (All > 0) {
      MUSTER_UNROLL for (std::uint32_t n = 1; n < All; ++n)
          and_line(out, lines, operands_.take(i++));
    }
    if constexpr (Any > 0) {
      LineValue any = All > 0 ? load_line(lines, operands_.take(i++)) : out;
      MUSTER_UNROLL for (std::uint32_t n = 1; n < Any; ++n)
          or_line(any, lines, operands_.take(i++));
      if constexpr (All > 0) {
        and_value(out, any);
      } else {
        out = any;
      }
    }
    MUSTER_UNROLL for (std::uint32_t n = 0; n < None; ++n) {
      and_not_line(out, lines, operands_.take(i++));
    }
    return out;
  }

  static constexpr std::size_t operands_of(LineShape) { return All + Any + None; }

 private:
  ShortOperands operands_;
};

/// Values of any shape.
template <class Offset>
class OtherShape {
 public:
  OtherShape(LineShape shape, const Offset* operands) : shape_(shape), operand_(operands) {}

  LineValue next(const std::uint64_t* lines, std::uint32_t) {
    const Offset* const any = operand_ + shape_.all;
    const Offset* const none = any + shape_.any;
    LineValue out = load_line(lines, operand_[0]);
    if (shape_.any > 0) {
      out = load_line(lines, any[0]);
      for (std::uint32_t i = 1; i < shape_.any; ++i) or_line(out, lines, any[i]);
    }
    for (std::uint32_t i = 0; i < shape_.all; ++i) and_line(out, lines, operand_[i]);
    for (std::uint32_t i = 0; i < shape_.none; ++i) and_not_line(out, lines, none[i]);
    operand_ += shape_.operands();
    return out;
  }

  static constexpr std::size_t operands_of(LineShape shape) { return shape.operands(); }

 private:
  LineShape shape_;
  const Offset* operand_;
};

template <class Shape, class Offset>
void count_group(const LineGroup& group, const Offset* operand, const std::uint64_t* lines,
                 std::uint64_t* counts) {
  const std::size_t operands = values_together * Shape::operands_of(group.shape);
  std::uint64_t* const end = counts + group.count;
  for (; counts < end; counts += values_together, operand += operands) {
    Shape shape(group.shape, operand);
    MUSTER_UNROLL for (std::uint32_t k = 0; k < values_together; k += values_at_once) {
      LineValue values[values_at_once];
      MUSTER_UNROLL for (std::uint32_t n = 0; n < values_at_once; ++n) {
        values[n] = shape.next(lines, k + n);
      }
      add_users(values, counts + k);
    }
  }
}

MUSTER_INLINE bool has_users(const LineValue& value) {
  Batch any = value.parts[0];
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) any = any | value.parts[p];
  return !is_zero(any);
}

MUSTER_INLINE void put(const LineValue& value, std::uint32_t target, const LineOutput& out) {
  store_line(value, out.base + target * out.stride);
}

MUSTER_INLINE void put(const LineValue& value, std::uint32_t target, const MarkedOutput& out) {
  store_line(value, out.base + target * line_words);
  out.used[target] = has_users(value) ? 1 : 0;
}

template <class Shape, class Offset, class Output>
void store_group(const LineGroup& group, const Offset* operand, const std::uint64_t* lines,
                 const Output& out) {
  const std::size_t operands = values_together * Shape::operands_of(group.shape);
  const std::uint32_t* target = group.targets;
  const std::uint32_t* const end = target + group.count;
  const Output to = out;  // which bytes that are written might otherwise change
  for (; target < end; target += values_together, operand += operands) {
    Shape shape(group.shape, operand);
    MUSTER_UNROLL for (std::uint32_t k = 0; k < values_together; ++k) {
      put(shape.next(lines, k), target[k], to);
    }
  }
}

/// Of one shape, for short operands.
struct GroupCode {
  decltype(&count_group<OtherShape<std::uint16_t>, std::uint16_t>) count;
  decltype(&store_group<OtherShape<std::uint16_t>, std::uint16_t, LineOutput>) store;
  decltype(&store_group<OtherShape<std::uint16_t>, std::uint16_t, MarkedOutput>) mark;
};

template <class Shape>
constexpr GroupCode code_of{count_group<Shape, std::uint16_t>,
                            store_group<Shape, std::uint16_t, LineOutput>,
                            store_group<Shape, std::uint16_t, MarkedOutput>};

constexpr std::uint32_t shape_index(std::uint32_t all, std::uint32_t any, std::uint32_t none) {
  return (all * (most_any + 1) + any) * (most_none + 1) + none;
}

template <std::uint32_t Index>
constexpr const GroupCode& code_at() {
  constexpr std::uint32_t none = Index % (most_none + 1);
  constexpr std::uint32_t any = Index / (most_none + 1) % (most_any + 1);
  constexpr std::uint32_t all = Index / (most_none + 1) / (most_any + 1);
  if constexpr (is_known(all, any, none)) {
    return code_of<KnownShape<all, any, none>>;
  } else {
    return code_of<OtherShape<std::uint16_t>>;
  }
}

template <std::uint32_t... Index>
constexpr auto all_code(std::integer_sequence<std::uint32_t, Index...>) {
  struct Table {
    const GroupCode* entries[sizeof...(Index)];
  };
  return Table{{&code_at<Index>()...}};
}

constexpr auto group_code = all_code(
    std::make_integer_sequence<std::uint32_t, shape_index(most_all, most_any, most_none) + 1>());

const GroupCode& code_for(LineShape shape) {
  const bool known = shape.all <= most_all && shape.none <= most_none && shape.any <= most_any;
  return known ? *group_code.entries[shape_index(shape.all, shape.any, shape.none)]
               : code_of<OtherShape<std::uint16_t>>;
}

void count(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* counts) {
  if (group.short_operands == nullptr)
    return count_group<OtherShape<std::uint32_t>>(group, group.operands, lines, counts);
  code_for(group.shape).count(group, group.short_operands, lines, counts);
}

void store(const LineGroup& group, const std::uint64_t* lines, const LineOutput& out) {
  if (group.short_operands == nullptr)
    return store_group<OtherShape<std::uint32_t>>(group, group.operands, lines, out);
  code_for(group.shape).store(group, group.short_operands, lines, out);
}

void mark(const LineGroup& group, const std::uint64_t* lines, const MarkedOutput& out) {
  if (group.short_operands == nullptr)
    return store_group<OtherShape<std::uint32_t>>(group, group.operands, lines, out);
  code_for(group.shape).mark(group, group.short_operands, lines, out);
}

void copy(const std::uint64_t* tile, std::span<const LineColumn> columns, std::uint64_t* lines) {
  for (const LineColumn& of : columns) {
    store_line(load_line(tile, of.column * line_words), lines + of.line * line_words);
  }
}

void overlap(const std::uint64_t* lines, const std::uint32_t* active, std::size_t count,
             std::size_t rules, std::uint64_t* overlaps) {
  for (std::size_t i = 0; i < count; ++i) {
    const LineValue first = load_line(lines, i * line_words);
    std::uint64_t* const row = overlaps + active[i] * rules;
    for (std::size_t j = i; j < count; j += values_at_once) {
      LineValue both[values_at_once];
      MUSTER_UNROLL for (std::size_t k = 0; k < values_at_once; ++k) {
        both[k] = first;
        and_line(both[k], lines, (j + k) * line_words);
      }
      std::uint64_t sums[values_at_once] = {};
      add_users(both, sums);
      for (std::size_t k = 0; k < values_at_once && j + k < count; ++k) {
        row[active[j + k]] += sums[k];
      }
    }
  }
}
