#include "tags/arrow_reader.hpp"

#include <algorithm>
#include <cmath>

#include "tags/bitmap_copy.hpp"
#include "tags/compare_bits.hpp"

namespace muster {

void ArrowReader::seek(std::size_t first, std::size_t count) {
  first_ = first;
  count_ = count;
  parts_.clear();
  std::size_t at = count == 0 ? 0 : body_.batch_of(first);
  for (std::size_t to = 0; to < count; ++at) {
    const ArrowBatch& batch = body_.batches[at];
    const std::size_t from = first + to - batch.first;
    const std::size_t taken = std::min(batch.size - from, count - to);
    parts_.push_back({&batch, from, to, taken});
    to += taken;
  }
}

Cell ArrowReader::derived(TagId tag, std::size_t user) const {
  const auto after =
      std::upper_bound(parts_.begin(), parts_.end(), user,
                       [](std::size_t at, const Part& part) { return at < part.to; });
  const Part& part = *(after - 1);
  return value_of(body_.schema, ArrowUsers::Row(*part.batch, part.from + user - part.to), tag);
}

ColumnView ArrowReader::column(TagId tag) {
  ColumnView view;
  view.size = count_;
  view.valid = validity(tag);
  switch (body_.schema.tag(tag).type) {
    case TagType::boolean:
      view.bool_bits = booleans(tag);
      break;
    case TagType::number:
      numbers(tag, view);
      break;
    case TagType::date:
      view.days = days(tag);
      break;
    case TagType::category:
      view.codes = categories(tag);
      break;
    case TagType::category_set:
      sets(tag, view);
      break;
  }
  return view;
}

void ArrowReader::prefetch(TagId tag) const noexcept {
  constexpr std::size_t line = 64;
  for (const Part& part : parts_) {
    const ArrowPiece& from = piece(part, tag);
    if (from.view.bool_bits == nullptr) continue;
    const std::uint8_t* const first = from.view.bool_bits + (from.bool_shift + part.from) / 8;
    for (std::size_t at = 0; at < part.count / 8; at += line) {
      __builtin_prefetch(first + at, 0, 2);
    }
  }
}

const std::uint8_t* ArrowReader::validity(TagId tag) {
  const auto is_known = [&](const Part& part) {
    return !piece(part, tag).all_null && piece(part, tag).view.valid == nullptr;
  };
  if (std::all_of(parts_.begin(), parts_.end(), is_known)) return nullptr;
  for (const Part& part : parts_) {
    const ArrowPiece& from = piece(part, tag);
    if (is_known(part)) {
      fill_bits(valid_.data(), part.to, part.count);
    } else if (from.all_null) {
      clear_bits(valid_.data(), part.to, part.count);
    } else {
      copy_bits(valid_.data(), part.to, from.view.valid, part.from, part.count);
    }
  }
  return reinterpret_cast<const std::uint8_t*>(valid_.data());
}

const std::uint8_t* ArrowReader::booleans(TagId tag) {
  const ArrowPiece& first = piece(parts_[0], tag);
  const std::size_t bit = first.bool_shift + parts_[0].from;
  if (parts_.size() == 1 && !first.all_null && bit % 8 == 0 && count_ % 64 == 0) {
    return first.view.bool_bits + bit / 8;
  }
  for_each_part(tag, [&](const ArrowPiece& from, const Part& part) {
    copy_bits(bits_.data(), part.to, from.view.bool_bits, from.bool_shift + part.from, part.count);
  });
  return reinterpret_cast<const std::uint8_t*>(bits_.data());
}

/// Those of a stream are all integers or all doubles.
void ArrowReader::numbers(TagId tag, ColumnView& view) {
  const auto is_integer = [&](const Part& part) {
    return piece(part, tag).view.integers != nullptr;
  };
  if (std::any_of(parts_.begin(), parts_.end(), is_integer)) {
    view.integers = integers(tag);
    return;
  }
  has_rests_ = false;
  for_each_part(tag, [&](const ArrowPiece& from, const Part& part) { add_doubles(from, part); });
  view.doubles = doubles_.data();
  if (has_rests_) view.rests = rests_.data();
  if (marks_nan(view)) view.valid = reinterpret_cast<const std::uint8_t*>(valid_.data());
}

const std::int64_t* ArrowReader::integers(TagId tag) {
  return gathered(tag, integers_, [](const ColumnView& view) { return view.integers; });
}

void ArrowReader::add_doubles(const ArrowPiece& piece, const Part& part) {
  const double* from = piece.view.doubles + part.from;
  for (std::size_t i = 0; i < part.count; ++i) {
    doubles_[part.to + i] = from[i] + 0.0;  // minus zero becomes zero
  }
  if (piece.view.rests == nullptr) return;
  for (std::size_t i = 0; i < part.count; ++i) {
    if (piece.view.rests[part.from + i] != 0) {
      add_rest(part.to + i, piece.view.rests[part.from + i]);
    }
  }
}

void ArrowReader::add_rest(std::size_t at, std::int16_t rest) {
  if (!has_rests_) rests_.assign(most_users, 0);
  has_rests_ = true;
  rests_[at] = rest;
}

/// Whether there are NaNs; valid_ then marks them as NULL.
bool ArrowReader::marks_nan(const ColumnView& numbers) {
  Words good{};
  compare_bits(
      numbers.doubles, count_, [](double value) { return !std::isnan(value); }, good.data());
  bool any = false;
  for (std::size_t w = 0; w < words_for(count_); ++w) {
    any |= good[w] != low_bits(std::min<std::size_t>(64, count_ - w * 64));
  }
  if (!any) return false;
  if (numbers.valid == nullptr) fill_bits(valid_.data(), 0, count_);
  for (std::size_t w = 0; w < words_for(count_); ++w) valid_[w] &= good[w];
  return true;
}

const std::int32_t* ArrowReader::days(TagId tag) {
  return gathered(tag, days_, [](const ColumnView& view) { return view.days; });
}

const std::uint16_t* ArrowReader::categories(TagId tag) {
  return gathered(tag, codes_, [](const ColumnView& view) { return view.codes; });
}

void ArrowReader::sets(TagId tag, ColumnView& view) {
  codes_.clear();
  offsets_.assign(count_ + 1, 0);
  for_each_part(tag, [&](const ArrowPiece& from, const Part& part) {
    const std::uint32_t* offsets = from.view.set_offsets + part.from;
    for (std::size_t i = 0; i < part.count; ++i) {
      offsets_[part.to + i + 1] = offsets[i + 1] - offsets[i];
    }
    codes_.insert(codes_.end(), from.view.codes + offsets[0],
                  from.view.codes + offsets[part.count]);
  });
  for (std::size_t i = 0; i < count_; ++i) offsets_[i + 1] += offsets_[i];
  view.codes = codes_.data();
  view.set_offsets = offsets_.data();
}

}  // namespace muster
