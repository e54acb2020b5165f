// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/event_records.h"
#include "app/interchange/tensorboard/crc32c.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kFooter = 4;
constexpr std::uint64_t kLongest = 1ULL << 30U;

std::uint64_t little(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
}

} // namespace

bool EventRecords::isLengthAt(std::size_t at) const
{
    const std::string_view header = std::string_view(m_buffer).substr(at, kHeader);
    return maskedCrc32c(header.substr(0, 8)) == little(header.substr(8)) && little(header.substr(0, 8)) <= kLongest;
}

// Behind a damaged length the next record begins somewhere: where a length bears its own checksum. False: not yet.
bool EventRecords::findNext()
{
    while (m_at + kHeader <= m_buffer.size()) {
        if (isLengthAt(m_at)) {
            m_isLost = false;
            return true;
        }
        ++m_at;
    }
    return false;
}

std::optional<std::string_view> EventRecords::next()
{
    for (;;) {
        if (m_isLost && !findNext())
            return std::nullopt;
        const auto rest = std::string_view(m_buffer).substr(m_at);
        if (rest.size() < kHeader)
            return std::nullopt;
        if (!isLengthAt(m_at)) {
            // Room that a network disk shows before what is written there comes.
            if (rest.find_first_not_of('\0') == std::string_view::npos)
                return std::nullopt;
            ++m_damaged;
            ++m_at;
            m_isLost = true;
            continue;
        }
        const auto length = static_cast<std::size_t>(little(rest.substr(0, 8)));
        if (rest.size() < kHeader + length + kFooter)
            return std::nullopt;
        const auto payload = rest.substr(kHeader, length);
        m_at += kHeader + length + kFooter;
        if (maskedCrc32c(payload) == little(rest.substr(kHeader + length, kFooter)))
            return payload;
        ++m_damaged;
    }
}

void EventRecords::compact()
{
    m_buffer.erase(0, m_at);
    m_at = 0;
}

} // namespace nabiz::app
