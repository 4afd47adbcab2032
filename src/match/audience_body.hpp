// The population matcher's code, compiled once per instruction set: a kernel's source file
// defines `Batch` (64-bit words, as xsimd's batch) and `users_in(const LineValue&)` in an unnamed
// namespace and includes this file there after declaring LineValue with audience_line.hpp.

/// Shapes with code of their own; others take the general way.
constexpr std::uint32_t most_all = 8;
constexpr std::uint32_t most_none = 3;
constexpr std::uint32_t most_any = 4;

/// A value of a shape that the compiler knows.
template <std::uint32_t All, std::uint32_t None, std::uint32_t Any>
struct KnownShape {
  explicit KnownShape(LineShape) {}
  static constexpr std::uint32_t operands = All + None + Any;

  MUSTER_INLINE static LineValue value(const std::uint64_t* lines, const std::uint32_t* operand) {
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

  LineValue value(const std::uint64_t* lines, const std::uint32_t* operand) const {
    const std::uint32_t* const none = operand + shape_.all;
    const std::uint32_t* const any = none + shape_.none;
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

template <class Shape>
void count_group(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* counts) {
  const Shape shape(group.shape);
  const std::uint32_t* operand = group.operands;
  for (std::uint32_t i = 0; i < group.count; ++i, operand += shape.operands) {
    counts[group.targets[i]] += users_in(shape.value(lines, operand));
  }
}

template <class Shape>
void store_group(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* out,
                 std::size_t stride) {
  const Shape shape(group.shape);
  const std::uint32_t* operand = group.operands;
  for (std::uint32_t i = 0; i < group.count; ++i, operand += shape.operands) {
    store_line(shape.value(lines, operand), out + group.targets[i] * stride);
  }
}

struct GroupCode {
  decltype(&count_group<OtherShape>) count;
  decltype(&store_group<OtherShape>) store;
};

template <class Shape>
constexpr GroupCode code_of{count_group<Shape>, store_group<Shape>};

constexpr std::uint32_t shape_index(std::uint32_t all, std::uint32_t none, std::uint32_t any) {
  return (all * (most_none + 1) + none) * (most_any + 1) + any;
}

template <std::uint32_t Index>
constexpr const GroupCode& code_at() {
  constexpr std::uint32_t any = Index % (most_any + 1);
  constexpr std::uint32_t none = Index / (most_any + 1) % (most_none + 1);
  constexpr std::uint32_t all = Index / (most_any + 1) / (most_none + 1);
  if constexpr (any == 1 || all + any == 0) {
    return code_of<OtherShape>;
  } else {
    return code_of<KnownShape<all, none, any>>;
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
  code_for(group.shape).count(group, lines, counts);
}

void store(const LineGroup& group, const std::uint64_t* lines, std::uint64_t* out,
           std::size_t stride) {
  code_for(group.shape).store(group, lines, out, stride);
}

void copy(const std::uint64_t* users, const std::uint64_t* next, std::size_t column_words,
          const std::uint32_t* columns, std::size_t count, std::uint64_t* lines) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t column = columns[i] * column_words;
    MUSTER_UNROLL for (std::size_t word = 0; word < line_words; word += 8) {
      __builtin_prefetch(next + column + word, 0, 2);
    }
    store_line(load_line(users + column, 0), lines + i * line_words);
  }
}

void overlap(const std::uint64_t* bitmaps, std::size_t rules, std::uint64_t* overlaps) {
  for (std::size_t i = 0; i < rules; ++i) {
    const LineValue first = load_line(bitmaps + i * line_words, 0);
    for (std::size_t j = i; j < rules; ++j) {
      LineValue both = first;
      and_line(both, bitmaps + j * line_words, 0);
      overlaps[i * rules + j] += users_in(both);
    }
  }
}
