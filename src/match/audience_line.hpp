// Lines of bits as vectors, compiled once per instruction set: included in an unnamed namespace
// after `Batch`, so that nothing here meets the same code for another instruction set.

#define MUSTER_INLINE __attribute__((always_inline)) inline
#define MUSTER_UNROLL _Pragma("GCC unroll 16")

constexpr std::size_t line_parts = line_words / Batch::size;

struct LineValue {
  Batch parts[line_parts];
};

MUSTER_INLINE Batch load_part(const std::uint64_t* lines, std::size_t line, std::size_t part) {
  return Batch::load_aligned(lines + line + part * Batch::size);
}

MUSTER_INLINE LineValue load_line(const std::uint64_t* lines, std::size_t line) {
  LineValue out;
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    out.parts[p] = load_part(lines, line, p);
  }
  return out;
}

MUSTER_INLINE void and_line(LineValue& out, const std::uint64_t* lines, std::size_t line) {
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    out.parts[p] = out.parts[p] & load_part(lines, line, p);
  }
}

MUSTER_INLINE void and_not_line(LineValue& out, const std::uint64_t* lines, std::size_t line) {
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    out.parts[p] = out.parts[p] & ~load_part(lines, line, p);
  }
}

MUSTER_INLINE void or_line(LineValue& out, const std::uint64_t* lines, std::size_t line) {
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    out.parts[p] = out.parts[p] | load_part(lines, line, p);
  }
}

MUSTER_INLINE void and_value(LineValue& out, const LineValue& other) {
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    out.parts[p] = out.parts[p] & other.parts[p];
  }
}

MUSTER_INLINE void store_line(const LineValue& value, std::uint64_t* out) {
  MUSTER_UNROLL for (std::size_t p = 0; p < line_parts; ++p) {
    value.parts[p].store_unaligned(out + p * Batch::size);
  }
}
