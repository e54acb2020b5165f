// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/wandb/wandb_records.h"

#include <zlib.h>

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kBlock = 32768;
constexpr std::size_t kHead = 7; // of the file, and of a chunk
enum Type { Full = 1, First, Middle, Last };

std::uint32_t little(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
}

} // namespace

std::size_t WandbRecords::leftInBlock(std::size_t at) const
{
    return kBlock - static_cast<std::size_t>((m_base + at) % kBlock);
}

WandbRecords::Look WandbRecords::lookAt(std::size_t at, Chunk& chunk) const
{
    const auto rest = std::string_view(m_buffer).substr(at);
    if (rest.size() < kHead)
        return Look::Wait;
    const std::size_t length = little(rest.substr(4, 2));
    chunk.type = static_cast<unsigned char>(rest[6]);
    if (chunk.type < Full || chunk.type > Last || length + kHead > leftInBlock(at))
        return Look::Bad;
    if (rest.size() < kHead + length)
        return Look::Wait;
    chunk.data = rest.substr(kHead, length);
    const auto* summed = reinterpret_cast<const Bytef*>(rest.data() + 6);
    return crc32(0, summed, static_cast<uInt>(length + 1)) == little(rest.substr(0, 4)) ? Look::Chunk : Look::Bad;
}

void WandbRecords::drop()
{
    m_damaged += m_isDropped ? 0 : 1;
    m_isDropped = true;
    m_isOpen = false;
}

bool WandbRecords::skipHead()
{
    if (m_buffer.size() < kHead)
        return false;
    m_damaged += m_buffer.starts_with(kWandbMark) ? 0 : 1;
    m_at = kHead;
    m_hasHead = true;
    return true;
}

// To the next chunk that holds: in this block, or where the next begins. False: not there yet.
bool WandbRecords::skipDamage()
{
    Chunk chunk;
    const auto blockEnd = m_at + leftInBlock(m_at);
    for (auto at = m_at + 1; at + kHead <= std::min(blockEnd, m_buffer.size()); ++at) {
        if (lookAt(at, chunk) == Look::Chunk) {
            m_at = at;
            return true;
        }
    }
    if (blockEnd > m_buffer.size())
        return false;
    m_at = blockEnd;
    return true;
}

// Room that was taken and not written yet.
bool WandbRecords::isUnwritten() const
{
    const auto rest = std::string_view(m_buffer).substr(m_at);
    return rest.find_first_not_of('\0') == std::string_view::npos && rest.size() < leftInBlock(m_at);
}

std::int64_t WandbRecords::damagedAtEnd() const
{
    Chunk chunk;
    return !m_isDropped && lookAt(m_at, chunk) == Look::Bad && !isUnwritten() ? 1 : 0;
}

bool WandbRecords::take(const Chunk& chunk)
{
    m_at += kHead + chunk.data.size();
    if (chunk.type == Full || chunk.type == First) {
        if (m_isOpen)
            ++m_damaged; // its end never came
        m_isDropped = false;
        m_record.assign(chunk.data);
        m_isOpen = chunk.type == First;
        return chunk.type == Full;
    }
    if (!m_isOpen) {
        drop();
        return false;
    }
    m_record.append(chunk.data);
    m_isOpen = chunk.type == Middle;
    return chunk.type == Last;
}

std::optional<std::string_view> WandbRecords::next()
{
    if (!m_hasHead && !skipHead())
        return std::nullopt;
    for (;;) {
        if (leftInBlock(m_at) < kHead) { // filled with zeros
            if (m_at + leftInBlock(m_at) > m_buffer.size())
                return std::nullopt;
            m_at += leftInBlock(m_at);
        }
        Chunk chunk;
        const auto look = lookAt(m_at, chunk);
        if (look == Look::Chunk) {
            if (take(chunk))
                return m_record;
            continue;
        }
        // A length that is damaged may seem to reach behind the end: then others hold within what it takes for its own.
        if ((look == Look::Bad && isUnwritten()) || !skipDamage())
            return std::nullopt;
        drop();
    }
}

void WandbRecords::compact()
{
    m_buffer.erase(0, m_at);
    m_base += m_at;
    m_at = 0;
}

} // namespace nabiz::app
