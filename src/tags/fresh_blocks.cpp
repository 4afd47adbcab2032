#include "tags/fresh_blocks.hpp"

#include "core/parallel.hpp"
#include "tags/arrow_body.hpp"
#include "tags/arrow_reader.hpp"

namespace muster {
namespace {

std::unique_ptr<BlockReader> make_reader(const UserTable& users) {
  return std::make_unique<TableBlockReader>(users);
}

std::unique_ptr<BlockReader> make_reader(const ArrowUsers& users) {
  return std::make_unique<ArrowReader>(ArrowAccess::body(users));
}

/// All of a population, at once.
Result<EncodedUsers> encode_all(const Encoder& encoder, Result<FreshBlocks> blocks,
                                const RunOptions& run) {
  if (!blocks) return std::move(blocks).error();
  EncodedUsers encoded(blocks->users(), blocks->bits());
  const auto done = for_each_block(run, blocks->blocks(), [&](std::size_t block, unsigned worker) {
    return blocks->encode(block, worker, encoded);
  });
  if (!done) return done.error();
  encoded.set_fingerprint(encoder.fingerprint());
  return encoded;
}

}  // namespace

template <class Users>
Result<FreshBlocks> FreshBlocks::of_any(const Encoder& encoder, const Users& users, Date today,
                                        const RunOptions& run) {
  if (users.schema().fingerprint() != encoder.schema().fingerprint()) return other_schema();
  FreshBlocks blocks(users.size(), encoder.bits());
  for (unsigned w = worker_count(run, blocks.blocks()); w > 0; --w) {
    blocks.workers_.push_back(
        std::make_unique<Worker>(TileEncoder(make_reader(users), encoder, today)));
  }
  return blocks;
}

Result<FreshBlocks> FreshBlocks::of(const Encoder& encoder, const UserTable& users, Date today,
                                    const RunOptions& run) {
  return of_any(encoder, users, today, run);
}

Result<FreshBlocks> FreshBlocks::of(const Encoder& encoder, const ArrowUsers& users, Date today,
                                    const RunOptions& run) {
  return of_any(encoder, users, today, run);
}

Result<TileRange> FreshBlocks::block(std::size_t block, unsigned worker) const {
  EncodedUsers& here = workers_[worker]->here;
  const std::size_t count = users_in(block);
  if (here.users() != count) here = EncodedUsers(count, bits_);
  const auto done = workers_[worker]->tiles.encode(block * users_a_block, here, 0);
  if (!done) return done.error();
  return TileRange{&here, 0, here.tiles()};
}

Result<void> FreshBlocks::encode(std::size_t block, unsigned worker, EncodedUsers& out) const {
  return workers_[worker]->tiles.encode(block * users_a_block, out, block * tiles_a_block);
}

Result<EncodedUsers> Encoder::encode(const UserTable& users, Date today,
                                     const RunOptions& run) const {
  return encode_all(*this, FreshBlocks::of(*this, users, today, run), run);
}

Result<EncodedUsers> Encoder::encode(const ArrowUsers& users, Date today,
                                     const RunOptions& run) const {
  return encode_all(*this, FreshBlocks::of(*this, users, today, run), run);
}

}  // namespace muster
