// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/piece_index.h"

#include "trainer/data/cancelled.h"
#include "trainer/data/random.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kStride = 1 << 20; // bytes between two looks at the stop token

} // namespace

RollingHash::RollingHash(std::size_t length)
    : m_length(length)
{
    for (std::size_t i = 0; i < m_table.size(); ++i)
        m_table[i] = mix(i + 1);
    for (std::size_t i = 0; i < length; ++i)
        m_leading *= kFactor;
}

std::uint64_t RollingHash::begin(const std::uint8_t* bytes)
{
    m_value = 0;
    for (std::size_t i = 0; i < m_length; ++i)
        m_value = m_value * kFactor + m_table[bytes[i]];
    return m_value;
}

PieceIndex::PieceIndex(std::span<const std::uint8_t> text, std::size_t length)
    : m_length(length)
    , m_pieces(text.size() / length)
    , m_entries(std::bit_ceil(2 * m_pieces + 2))
    , m_sketchShift(64 - std::bit_width(16 * m_pieces + 64))
{
    m_sketch.resize((std::size_t { 1 } << (64 - m_sketchShift)) / 64);
    RollingHash hash(length);
    for (std::size_t i = 0; i < m_pieces; ++i) {
        const std::uint64_t value = hash.begin(text.data() + i * length);
        Entry& entry = at(value);
        entry.hash = value;
        ++entry.pieces;
        m_sketch[sketchBit(value) / 64] |= std::uint64_t { 1 } << (sketchBit(value) % 64);
    }
}

PieceIndex::Entry& PieceIndex::at(std::uint64_t hash)
{
    std::size_t slot = static_cast<std::size_t>(mix(hash)) & (m_entries.size() - 1);
    while (m_entries[slot].pieces > 0 && m_entries[slot].hash != hash)
        slot = (slot + 1) & (m_entries.size() - 1);
    return m_entries[slot];
}

void PieceIndex::search(std::span<const std::uint8_t> text, const std::stop_token& stop)
{
    if (m_pieces == 0 || text.size() < m_length)
        return;
    RollingHash hash(m_length);
    std::uint64_t value = hash.begin(text.data());
    for (std::size_t place = 0;; ++place) {
        if ((m_sketch[sketchBit(value) / 64] >> (sketchBit(value) % 64)) & 1) {
            Entry& entry = at(value);
            if (entry.pieces > 0 && entry.places < std::numeric_limits<std::uint32_t>::max())
                ++entry.places;
        }
        if (place + m_length == text.size())
            return;
        if (place % kStride == 0)
            throwIfStopped(stop);
        value = hash.roll(text[place], text[place + m_length]);
    }
}

std::size_t PieceIndex::found(std::size_t places) const
{
    std::size_t sum = 0;
    for (const Entry& entry : m_entries)
        sum += entry.places >= places ? entry.pieces : 0;
    return sum;
}

} // namespace nabiz::trainer
