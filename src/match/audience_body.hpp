// The population matcher's code, compiled once per instruction set: a kernel's source file
// defines, in an unnamed namespace, `Batch` (64-bit words, as xsimd's batch), includes
// audience_line.hpp, defines `add_users(const LineValue (&)[values_at_once], std::uint64_t*
// counts)`, `is_zero(Batch)` and `know_shapes` (whether shapes get code of their own), and includes
// this file there.

#ifdef MUSTER_SANITIZE  // a few stand for all: each takes sanitizers seconds to compile
constexpr std::uint32_t most_all = 3;
constexpr std::uint32_t most_none = 1;
constexpr std::uint32_t most_any = 2;
#else
constexpr std::uint32_t most_all = 8;
constexpr std::uint32_t most_none = 3;
constexpr std::uint32_t most_any = 4;
#endif

/// Shapes with code of their own; others take the general way.
constexpr bool is_known(std::uint32_t all, std::uint32_t none, std::uint32_t any) {
  if (!know_shapes || all + any == 0 || any == 1) return false;
  return any == 0 || (all <= 6 && none <= 2);
}

/// A value of a shape that the compiler knows.
template <std::uint32_t All, std::uint32_t None, std::uint32_t Any>
struct KnownShape {
  explicit KnownShape(LineShape) {}
  static constexpr std::uint32_t operands = All + None + Any;

  template <class Offset>
  MUSTER_INLINE static LineValue value(const std::uint64_t* lines, const Offset* operand) {
    LineValue out;
    if constexpr (All > 0) {
      out = load_line(lines, operand[0]);
      MUSTER_UNROLL for (std::uint32_t i = 1; i < All; ++i) and_line(out, lines, operand[i]);
    }
    if constexpr (Any > 0) {
      LineValue any = load_line(lines, operand[All + None]);
      MUSTER_UNROLL for (std::uint32_t i = 1; i < Any; ++i) {
        or_line(any, lines, operand[All + None + i]);
      }
      if constexpr (All > 0) {
        and_value(out, any);
      } else {
        out = any;
      }
    }
    MUSTER_UNROLL for (std::uint32_t i = 0; i < None; ++i) {
      and_not_line(out, lines, operand[All + i]);
    }
    return out;
  }
};

/// A value of any shape.
struct OtherShape {
  explicit OtherShape(LineShape shape) : shape_(shape), operands(shape.operands()) {}

  template <class Offset>
  LineValue value(const std::uint64_t* lines, const Offset* operand) const {
    const Offset* const none = operand + shape_.all;
    const Offset* const any = none + shape_.none;
    LineValue out;
    if (shape_.any > 0) {
      out = load_line(lines, any[0]);
      for (std::uint32_t i = 1; i < shape_.any; ++i) or_line(out, lines, any[i]);
    } else {
      out = load_line(lines, operand[0]);
    }
    for (std::uint32_t i = 0; i < shape_.all; ++i) and_line(out, lines, operand[i]);
    for (std::uint32_t i = 0; i < shape_.none; ++i) and_not_line(out, lines, none[i]);
    return out;
  }

  LineShape shape_;
  std::uint32_t operands;
};

template <class Shape, class Offset>
void count_group(const LineGroup& group, const Offset* operand, const std::uint64_t* lines,
                 std::uint64_t* counts) {
  const Shape shape(group.shape);
  constexpr std::uint32_t many = values_at_once;
  std::uint32_t i = 0;
  for (; i + many <= group.count; i += many) {
    LineValue values[many];
    MUSTER_UNROLL for (std::uint32_t k = 0; k < many; ++k, operand += shape.operands) {
      values[k] = shape.value(lines, operand);
    }
    add_users(values, counts + i);
  }
  if (i == group.count) return;
  LineValue values[many] = {};
  for (std::uint32_t k = 0; k < group.count - i; ++k, operand += shape.operands) {
    values[k] = shape.value(lines, operand);
  }
  add_users(values, counts + i);
}

MUSTER_INLINE bool has_users(const LineValue& value) {
  Batch any = value.parts[0];
  MUSTER_UNROLL for (std::size_t p = 1; p < line_parts; ++p) any = any | value.parts[p];
  return !is_zero(any);
}

template <class Shape, class Offset>
void store_group(const LineGroup& group, const Offset* operand, const std::uint64_t* lines,
                 const LineOutput& out) {
  const Shape shape(group.shape);
  for (std::uint32_t i = 0; i < group.count; ++i, operand += shape.operands) {
    const LineValue value = shape.value(lines, operand);
    store_line(value, out.base + group.targets[i] * out.stride);
    out.used[group.targets[i]] = has_users(value) ? 1 : 0;
  }
}

/// Of one shape, for short operands.
struct GroupCode {
  decltype(&count_group<OtherShape, std::uint16_t>) count;
  decltype(&store_group<OtherShape, std::uint16_t>) store;
};

template <class Shape>
constexpr GroupCode code_of{count_group<Shape, std::uint16_t>, store_group<Shape, std::uint16_t>};

constexpr std::uint32_t shape_index(std::uint32_t all, std::uint32_t none, std::uint32_t any) {
  return (all * (most_none + 1) + none) * (most_any + 1) + any;
}

template <std::uint32_t Index>
constexpr const GroupCode& code_at() {
  constexpr std::uint32_t any = Index % (most_any + 1);
  constexpr std::uint32_t none = Index / (most_any + 1) % (most_none + 1);
  constexpr std::uint32_t all = Index / (most_any + 1) / (most_none + 1);
  if constexpr (is_known(all, none, any)) {
    return code_of<KnownShape<all, none, any>>;
  } else {
    return code_of<OtherShape>;
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
    std::make_integer_sequence<std::uint32_t, shape_index(most_all, most_none, most_any) + 1>());

const GroupCode& code_for(LineShape shape) {
  const bool known = shape.all <= most_all && shape.none <= most_none && shape.any <= most_any;
  return known ? *group_code.entries[shape_index(shape.all, shape.none, shape.any)]
               : code_of<OtherShape>;
}

void count(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* counts) {
  if (group.short_operands == nullptr)
    return count_group<OtherShape>(group, group.operands, lines, counts);
  code_for(group.shape).count(group, group.short_operands, lines, counts);
}

void store(const LineGroup& group, const std::uint64_t* lines, const LineOutput& out) {
  if (group.short_operands == nullptr)
    return store_group<OtherShape>(group, group.operands, lines, out);
  code_for(group.shape).store(group, group.short_operands, lines, out);
}

/// Columns between the one that is copied and the one that is fetched from memory meanwhile.
constexpr std::size_t copy_ahead = 12;

void copy(const std::uint64_t* users, std::size_t column_words, std::span<const LineColumn> columns,
          std::size_t count, std::uint64_t* lines, std::size_t stride) {
  for (const LineColumn& of : columns) {
    const std::uint64_t* const column = users + of.column * column_words;
    for (std::size_t n = 0; n < count; ++n) {
      __builtin_prefetch(column + copy_ahead * column_words + n * line_words, 0, 3);
      store_line(load_line(column, n * line_words), lines + n * stride + of.line * line_words);
    }
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
