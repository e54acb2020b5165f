// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/distinct_text.h"

#include "trainer/audit/piece_index.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kPiece = 64;
constexpr std::size_t kStride = 1 << 16; // between two looks at the stop token

// How far the text goes on alike from two places.
std::size_t commonLength(std::span<const std::uint8_t> text, std::size_t first, std::size_t second)
{
    const auto from = text.begin() + static_cast<std::ptrdiff_t>(second);
    return static_cast<std::size_t>(
        std::mismatch(from, text.end(), text.begin() + static_cast<std::ptrdiff_t>(first)).first - from);
}

} // namespace

std::vector<std::uint8_t> distinctText(
    std::span<const std::uint8_t> text, std::size_t limit, const std::stop_token& stop)
{
    std::vector<std::uint8_t> result;
    std::unordered_map<std::uint64_t, std::size_t> known; // where pieces begin that have been taken
    RollingHash hash(kPiece);
    std::size_t place = 0, pieceBegin = 0;
    std::uint64_t value = 0, pieceHash = 0;
    bool isFresh = true; // the hash must begin anew here
    while (place + kPiece <= text.size() && result.size() < limit) {
        if (place % kStride == 0)
            throwIfStopped(stop);
        value = isFresh ? hash.begin(text.data() + place) : hash.roll(text[place - 1], text[place + kPiece - 1]);
        isFresh = false;
        if (const auto before = known.find(value); before != known.end()) {
            const std::size_t length = commonLength(text, before->second, place);
            if (length >= kPiece) {
                place += length;
                pieceBegin = place;
                isFresh = true;
                continue;
            }
        }
        if (place == pieceBegin)
            pieceHash = value;
        result.push_back(text[place++]);
        if (place - pieceBegin == kPiece) {
            known.emplace(pieceHash, pieceBegin);
            pieceBegin = place;
        }
    }
    if (result.size() < limit) {
        const auto rest = text.subspan(place).first(std::min(text.size() - place, limit - result.size()));
        result.insert(result.end(), rest.begin(), rest.end());
    }
    return result;
}

std::vector<std::uint8_t> distinctLines(
    std::span<const std::uint8_t> text, std::span<const Line> lines, std::size_t limit, const std::stop_token& stop)
{
    std::vector<std::uint8_t> result;
    std::unordered_set<std::uint64_t> known;
    for (std::size_t i = 0; i < lines.size() && result.size() < limit; ++i) {
        if (i % kStride == 0)
            throwIfStopped(stop);
        if (!known.insert(lineHash(text, lines[i], std::numeric_limits<std::size_t>::max())).second)
            continue;
        const auto line = text.subspan(lines[i].offset, lines[i].length);
        result.insert(result.end(), line.begin(), line.end());
        result.push_back('\n');
    }
    return result;
}

std::uint64_t lineHash(std::span<const std::uint8_t> text, const Line& line, std::size_t longest)
{
    return XXH3_64bits(text.data() + line.offset, std::min<std::size_t>(line.length, longest));
}

} // namespace nabiz::trainer
