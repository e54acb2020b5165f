// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a .wandb file into its records: a LevelDB log of blocks of 32 768 bytes, counted from the file's first, behind a
// head of seven. A chunk with a bad checksum takes its record with it, and the next that holds is looked for. What is
// cut at the end is waited for. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

inline constexpr std::string_view kWandbMark = ":W&B";

class WandbRecords {
public:
    // What was read goes behind what it has, from the file's first byte on.
    std::string& buffer() { return m_buffer; }
    // The next whole record, good until the next call.
    std::optional<std::string_view> next();
    void compact();
    std::int64_t damaged() const { return m_damaged; }
    // What stands at the end is damaged, should nothing come any more.
    std::int64_t damagedAtEnd() const;

private:
    struct Chunk {
        int type = 0;
        std::string_view data;
    };
    enum class Look { Chunk, Wait, Bad };
    Look lookAt(std::size_t at, Chunk& chunk) const;
    std::size_t leftInBlock(std::size_t at) const;
    void drop();
    bool skipHead();
    bool skipDamage();
    bool isUnwritten() const;
    bool take(const Chunk& chunk);

    std::string m_buffer;
    std::uint64_t m_base = 0; // where m_buffer begins in the file
    std::size_t m_at = 0;
    bool m_hasHead = false;
    std::string m_record; // of the chunks so far, or the whole one that was given
    bool m_isOpen = false; // a first chunk was seen
    bool m_isDropped = false; // what follows of a damaged record is no damage more
    std::int64_t m_damaged = 0;
};

} // namespace nabiz::app
