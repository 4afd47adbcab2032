#include <algorithm>

#include "generate/population.hpp"

namespace muster::generate {
namespace {

constexpr std::size_t batch_users = 4096;

/// One tag's values for a batch of users, in the form that tables take.
class Column {
 public:
  explicit Column(const DraftTag& draft) : draft_(&draft) {}

  void clear() {
    size_ = 0;
    valid_.clear();
    bytes_.clear();
    doubles_.clear();
    days_.clear();
    codes_.clear();
    offsets_.assign(1, 0);
  }

  void add(std::int64_t value) {
    if (size_ % 8 == 0) valid_.push_back(0);
    if (value != unknown) valid_.back() |= static_cast<std::uint8_t>(1u << (size_ % 8));
    ++size_;
    add_value(value == unknown ? 0 : value);
  }

  ColumnView view() const {
    ColumnView view{.size = size_, .valid = valid_.data()};
    switch (draft_->tag.type) {
      case TagType::boolean:
        view.bool_bytes = bytes_.data();
        break;
      case TagType::number:
        view.doubles = doubles_.data();
        break;
      case TagType::date:
        view.days = days_.data();
        break;
      case TagType::category:
        view.codes = codes_.data();
        break;
      case TagType::category_set:
        view.codes = codes_.data();
        view.set_offsets = offsets_.data();
        break;
    }
    return view;
  }

 private:
  void add_value(std::int64_t value) {
    switch (draft_->tag.type) {
      case TagType::boolean:
        bytes_.push_back(static_cast<std::uint8_t>(value));
        return;
      case TagType::category:
        codes_.push_back(static_cast<std::uint16_t>(value));
        return;
      case TagType::date:
        days_.push_back(static_cast<std::int32_t>(value));
        return;
      case TagType::number:
        doubles_.push_back(to_double(value));
        return;
      case TagType::category_set:
        add_set(value);
        return;
    }
  }

  /// The double nearest to the decimal, just as a reader of the CSV finds it.
  double to_double(std::int64_t value) const {
    constexpr double units[] = {1, 10, 100};
    return static_cast<double>(value) / units[draft_->decimals];
  }

  void add_set(std::int64_t mask) {
    for (std::uint16_t code = 0; mask >> code != 0; ++code) {
      if (mask >> code & 1) codes_.push_back(code);
    }
    offsets_.push_back(static_cast<std::uint32_t>(codes_.size()));
  }

  const DraftTag* draft_;
  std::size_t size_ = 0;
  std::vector<std::uint8_t> valid_;
  std::vector<std::uint8_t> bytes_;
  std::vector<double> doubles_;
  std::vector<std::int32_t> days_;
  std::vector<std::uint16_t> codes_;
  std::vector<std::uint32_t> offsets_;
};

/// The columns of one batch after another.
class Batches {
 public:
  explicit Batches(const Population& population)
      : population_(population), cells_(population.tags().size()) {
    for (const DraftTag& draft : population.tags()) {
      if (draft.tag.derived.empty()) columns_.emplace_back(draft);
    }
  }

  Result<void> append(UserTable& table, std::size_t begin, std::size_t end) {
    for (Column& column : columns_) column.clear();
    std::vector<std::string> keys;
    for (std::size_t user = begin; user < end; ++user) {
      draw(user);
      keys.push_back(Population::key(user));
    }
    const std::vector<std::string_view> key_views(keys.begin(), keys.end());
    std::vector<ColumnView> views;
    for (const Column& column : columns_) views.push_back(column.view());
    return table.append_columns(key_views, views);
  }

 private:
  /// Derived tags come last, so that the stored ones lie side by side.
  void draw(std::size_t user) {
    population_.draw(user, cells_);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].add(cells_[i]);
  }

  const Population& population_;
  std::vector<std::int64_t> cells_;
  std::vector<Column> columns_;
};

}  // namespace

Result<UserTable> Population::table(std::size_t users, const Progress& progress) const {
  UserTable table(schema_);
  Batches batches(*this);
  for (std::size_t begin = 0; begin < users; begin += batch_users) {
    const std::size_t end = std::min(begin + batch_users, users);
    if (auto appended = batches.append(table, begin, end); !appended) return appended.error();
    if (progress) progress(end, users);
  }
  return table;
}

}  // namespace muster::generate
