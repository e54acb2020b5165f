// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts an event file into its records: length, masked CRC-32C of it, payload, masked CRC-32C of that. A record with a
// bad checksum is dropped and counted; where a length is damaged, the next one that holds is looked for. What is cut at
// the end is waited for. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

class EventRecords {
public:
    // What was read goes behind what it has.
    std::string& buffer() { return m_buffer; }
    // The next whole payload, good until the next call; nothing at the end of what has come.
    std::optional<std::string_view> next();
    // Gives up what was understood; before more is read.
    void compact();
    std::int64_t damaged() const { return m_damaged; }
    // Bytes at the end that are no whole record yet.
    std::size_t left() const { return m_buffer.size() - m_at; }

private:
    bool isLengthAt(std::size_t at) const;
    bool findNext();

    std::string m_buffer;
    std::size_t m_at = 0;
    bool m_isLost = false; // a length was damaged, and the next is looked for
    std::int64_t m_damaged = 0;
};

} // namespace nabiz::app
