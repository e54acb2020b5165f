// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where pieces of a text stand again, in the same or another text, at any place and not only where pieces begin:
// a hash rolls over every byte. About 5 ns a byte. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace nabiz::trainer {

// The hash of the last `length` bytes.
class RollingHash {
public:
    explicit RollingHash(std::size_t length);
    std::uint64_t begin(const std::uint8_t* bytes); // of the first `length` of them
    std::uint64_t roll(std::uint8_t out, std::uint8_t in)
    {
        m_value = m_value * kFactor + m_table[in] - m_table[out] * m_leading;
        return m_value;
    }

private:
    static constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15ULL;
    std::size_t m_length;
    std::uint64_t m_leading = 1;
    std::uint64_t m_value = 0;
    std::array<std::uint64_t, 256> m_table;
};

class PieceIndex {
public:
    // The pieces of `text`, edge to edge; a rest shorter than `length` is left out.
    PieceIndex(std::span<const std::uint8_t> text, std::size_t length);

    // Notes every place of `text` at which one of the pieces stands. Throws Cancelled.
    void search(std::span<const std::uint8_t> text, const std::stop_token& stop);

    std::size_t pieces() const { return m_pieces; }
    // Pieces that were found at `places` or more.
    std::size_t found(std::size_t places) const;

private:
    struct Entry {
        std::uint64_t hash = 0;
        std::uint32_t pieces = 0; // that are alike; 0 = free
        std::uint32_t places = 0;
    };
    Entry& at(std::uint64_t hash); // its entry, or a free one
    std::size_t sketchBit(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> m_sketchShift); }

    std::size_t m_length;
    std::size_t m_pieces;
    std::vector<Entry> m_entries; // open addressing, at most half full
    std::vector<std::uint64_t> m_sketch; // bits by the hash's upper end: keeps nearly all lookups inside the cache
    int m_sketchShift;
};

} // namespace nabiz::trainer
