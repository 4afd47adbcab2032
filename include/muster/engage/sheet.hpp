#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "muster/core/error.hpp"
#include "muster/core/export.hpp"
#include "muster/core/moment.hpp"

namespace muster {

inline constexpr std::size_t max_sheet_text_bytes = 2'000;  ///< of each text of a sheet

/// Where a communication sheet (沟通单) stands. Stable: ledgers keep the numbers.
enum class SheetState : std::uint8_t {
  created = 0,   ///< of an installation order; the shop is to fill it
  filled = 1,    ///< the shop said what it knows and suggests; may still change it
  read = 2,      ///< the installer has seen it
  answered = 3,  ///< the installer said what came of the visit
  closed = 4,    ///< the shop gave its feedback
  cancelled = 5  ///< the installation was called off
};
inline constexpr std::size_t sheet_states = 6;

/// What somebody does with a sheet. Stable.
enum class SheetStep : std::uint8_t { fill = 0, read = 1, answer = 2, close = 3, cancel = 4 };
inline constexpr std::size_t sheet_steps = 5;

/// Who does something with a sheet. Stable.
enum class SheetRole : std::uint8_t { shop = 0, installer = 1, office = 2 };
inline constexpr std::size_t sheet_roles = 3;

MUSTER_EXPORT std::string_view name(SheetState state) noexcept;
MUSTER_EXPORT std::string_view name(SheetStep step) noexcept;
MUSTER_EXPORT std::string_view name(SheetRole role) noexcept;

/// A legal move.
struct SheetMove {
  SheetState from;
  SheetStep step;
  SheetRole by;
  SheetState to;
};

/// All of them.
inline constexpr SheetMove sheet_moves[] = {
    {SheetState::created, SheetStep::fill, SheetRole::shop, SheetState::filled},
    {SheetState::created, SheetStep::cancel, SheetRole::office, SheetState::cancelled},
    {SheetState::filled, SheetStep::fill, SheetRole::shop, SheetState::filled},
    {SheetState::filled, SheetStep::read, SheetRole::installer, SheetState::read},
    {SheetState::filled, SheetStep::cancel, SheetRole::office, SheetState::cancelled},
    {SheetState::read, SheetStep::answer, SheetRole::installer, SheetState::answered},
    {SheetState::read, SheetStep::cancel, SheetRole::office, SheetState::cancelled},
    {SheetState::answered, SheetStep::close, SheetRole::shop, SheetState::closed},
};

/// The move that a step makes from a state; nothing where it is not legal.
constexpr std::optional<SheetMove> find_sheet_move(SheetState from, SheetStep step) noexcept {
  for (const SheetMove& move : sheet_moves) {
    if (move.from == from && move.step == step) return move;
  }
  return std::nullopt;
}

/// What passes between shop and installer about one visit.
struct Sheet {
  std::uint64_t id = 0;  ///< in a ledger: the sequence of the entry that created it
  std::string order;     ///< of the installation
  std::string user;
  std::string shop;
  std::string installer;
  SheetState state = SheetState::created;
  std::string knowledge;   ///< what the shop knows of the customer
  std::string suggestion;  ///< what the shop would have the installer offer
  std::string answer;      ///< the installer's
  std::string feedback;    ///< the shop's, on the answer
  Moment changed;
  friend bool operator==(const Sheet&, const Sheet&) = default;
};

struct SheetEntry {
  SheetStep step = SheetStep::read;
  SheetRole by = SheetRole::installer;
  std::string text = {};        ///< knowledge, answer, feedback, why it is cancelled; none to read
  std::string suggestion = {};  ///< to fill only
};

/// The sheet after a step. Fails with illegal_step, which says what could be done and by whom, with
/// invalid_argument (a text that is missing, of no use, or not UTF-8), and with limit
/// (max_sheet_text_bytes). O(texts).
MUSTER_EXPORT Result<Sheet> take_step(Sheet sheet, const SheetEntry& entry, Moment now);

}  // namespace muster
