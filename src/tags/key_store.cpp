#include "tags/key_store.hpp"

#include "core/checksum.hpp"

namespace muster {

std::size_t KeyStore::Hash::operator()(std::string_view key) const noexcept {
  return static_cast<std::size_t>(checksum(key));
}

KeyStore::KeyStore() : index_(0, Hash{this}, Equal{this}) {}

std::optional<std::size_t> KeyStore::find(std::string_view key) const noexcept {
  const auto found = index_.find(key);
  return found == index_.end() ? std::nullopt : std::optional<std::size_t>(*found);
}

bool KeyStore::add(std::string_view key) {
  const std::size_t at = size();
  auto& bytes = bytes_.own();
  auto& offsets = offsets_.own();
  offsets.resize(at + 1);
  bytes.resize(offsets.back());  // an add that threw may have left some
  bytes.insert(bytes.end(), key.begin(), key.end());
  offsets.push_back(bytes.size());
  if (index_.insert(static_cast<Position>(at)).second) return true;
  offsets.pop_back();
  return false;
}

void KeyStore::truncate(std::size_t new_size) {
  while (size() > new_size) {
    index_.erase(static_cast<Position>(size() - 1));
    offsets_.own().pop_back();
    bytes_.own().resize(offsets_[offsets_.size() - 1]);
  }
}

std::size_t KeyStore::borrow(std::span<const std::uint64_t> offsets, std::span<const char> bytes) {
  offsets_ = offsets_.borrow(offsets);
  bytes_ = bytes_.borrow(bytes);
  index_.clear();
  index_.reserve(size());
  for (std::size_t at = 0; at < size(); ++at) {
    if (!index_.insert(static_cast<Position>(at)).second) return at;
  }
  return size();
}

std::size_t KeyStore::memory_bytes() const noexcept {
  // The index has 8/7 slots a key at most; fifteen of them share sixteen bytes of control data.
  const std::size_t slots = index_.max_load() * 8 / 7;
  return offsets_.memory_bytes() + bytes_.memory_bytes() + slots * sizeof(Position) +
         slots / 15 * 16;
}

}  // namespace muster
