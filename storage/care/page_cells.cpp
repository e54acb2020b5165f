// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/page_cells.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

namespace nabiz::storage {

namespace {

constexpr std::uint64_t kLongest = 1'000'000'000; // as SQLite has it

// Numbers and lengths from a piece of a page, never past its end.
class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }
    std::uint64_t fixed(int count)
    {
        if (!has(static_cast<std::uint64_t>(count)))
            return 0;
        const auto value = number(m_bytes.data() + m_at, count);
        m_at += static_cast<std::size_t>(count);
        return value;
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            if (!has(1))
                return 0;
            const auto byte = m_bytes[m_at++];
            if (i == 8)
                return value << 8 | byte;
            value = value << 7 | (byte & 127U);
            if (byte < 128)
                return value;
        }
        return value;
    }
    std::span<const std::uint8_t> take(std::uint64_t count)
    {
        if (!has(count))
            return {};
        const auto piece = m_bytes.subspan(m_at, count);
        m_at += count;
        return piece;
    }
    std::size_t at() const { return m_at; }
    bool isWhole() const { return !m_isShort; }

private:
    bool has(std::uint64_t count)
    {
        m_isShort = m_isShort || count > m_bytes.size() - m_at;
        return !m_isShort;
    }

    const std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    bool m_isShort = false;
};

std::uint64_t lengthOf(std::uint64_t serial)
{
    constexpr std::uint64_t kFixed[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };
    return serial < std::size(kFixed) ? kFixed[serial] : (serial - 12) / 2;
}

CellValue valueOf(std::uint64_t serial, std::span<const std::uint8_t> bytes)
{
    CellValue value;
    if (serial >= 12) {
        value.type = serial % 2 == 0 ? CellValue::Blob : CellValue::Text;
        value.bytes.assign(bytes.begin(), bytes.end());
    } else if (serial == 7) {
        value.type = CellValue::Real;
        value.real = std::bit_cast<double>(number(bytes.data(), 8));
    } else if (serial != 0) {
        value.type = CellValue::Integer;
        const int bits = static_cast<int>(bytes.size()) * 8;
        const auto raw = number(bytes.data(), static_cast<int>(bytes.size()));
        value.integer = bytes.empty() ? static_cast<std::int64_t>(serial) - 8
                                      : static_cast<std::int64_t>(raw << (64 - bits)) >> (64 - bits);
    }
    return value;
}

// std::nullopt where the lengths do not add up exactly.
std::optional<std::vector<CellValue>> recordOf(std::span<const std::uint8_t> payload)
{
    Reader start(payload);
    const auto headerLength = start.varint();
    if (!start.isWhole() || headerLength < start.at() || headerLength > payload.size())
        return std::nullopt;
    Reader header(payload.first(headerLength));
    header.take(start.at());
    Reader body(payload.subspan(headerLength));
    std::vector<CellValue> values;
    while (header.at() < headerLength) {
        const auto serial = header.varint();
        if (!header.isWhole() || serial == 10 || serial == 11)
            return std::nullopt;
        const auto bytes = body.take(lengthOf(serial));
        if (!body.isWhole())
            return std::nullopt;
        values.push_back(valueOf(serial, bytes));
    }
    if (headerLength + body.at() != payload.size() || values.empty())
        return std::nullopt;
    return values;
}

class PageReader {
public:
    PageReader(const PageFile& file, PageNumber number)
        : m_file(file)
        , m_isThere(file.read(number, m_page))
        , m_begin(number == 1 ? 100 : 0)
    {
    }
    PageContent read(PageDepth depth);

private:
    std::optional<PageCell> cell(std::size_t at, PageDepth depth);
    std::optional<Bytes> payload(Reader& cell, std::uint64_t length);

    const PageFile& m_file;
    Bytes m_page;
    const bool m_isThere;
    const std::size_t m_begin; // the file's header stands before it on the first
    PageContent m_content;
};

PageContent PageReader::read(PageDepth depth)
{
    if (!m_isThere)
        return {};
    const std::uint8_t* const head = m_page.data() + m_begin;
    if (head[0] != 2 && head[0] != 5 && head[0] != 10 && head[0] != 13)
        return {};
    m_content.kind = static_cast<PageKind>(head[0]);
    const bool interior = isInterior(m_content.kind);
    const auto count = number(head + 3, 2);
    const std::size_t places = m_begin + (interior ? 12 : 8);
    if (places + 2 * count > m_file.usable())
        return {};
    m_content.right = interior ? static_cast<PageNumber>(number(head + 8, 4)) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = number(m_page.data() + places + 2 * i, 2);
        auto one = at >= places + 2 * count && at + 4 <= m_file.usable() ? cell(at, depth) : std::nullopt;
        if (one)
            m_content.cells.push_back(std::move(*one));
        else
            ++m_content.broken;
    }
    if (m_content.cells.empty() && m_content.broken > 0 && !interior)
        return {};
    return std::move(m_content);
}

std::optional<PageCell> PageReader::cell(std::size_t at, PageDepth depth)
{
    Reader reader({ m_page.data() + at, m_file.usable() - at });
    PageCell cell;
    if (isInterior(m_content.kind))
        cell.child = static_cast<PageNumber>(reader.fixed(4));
    if (m_content.kind == PageKind::TableInterior) {
        cell.rowid = static_cast<std::int64_t>(reader.varint());
        return reader.isWhole() ? std::optional(std::move(cell)) : std::nullopt;
    }
    if (depth == PageDepth::Children)
        return cell;
    const auto length = reader.varint();
    if (m_content.kind == PageKind::TableLeaf)
        cell.rowid = static_cast<std::int64_t>(reader.varint());
    const auto bytes = reader.isWhole() ? payload(reader, length) : std::nullopt;
    auto values = bytes ? recordOf(*bytes) : std::nullopt;
    if (!values)
        return std::nullopt;
    cell.values = std::move(*values);
    return cell;
}

// What stands on the page, and what goes on on others.
std::optional<Bytes> PageReader::payload(Reader& cell, std::uint64_t length)
{
    const std::uint64_t usable = m_file.usable();
    const std::uint64_t most = m_content.kind == PageKind::TableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    const std::uint64_t least = (usable - 12) * 32 / 255 - 23;
    if (length == 0 || length > std::min<std::uint64_t>(kLongest, m_file.size() + most))
        return std::nullopt;
    const std::uint64_t wanted = least + (length - least) % (usable - 4);
    const std::uint64_t here = length <= most ? length : wanted <= most ? wanted : least;
    const auto begin = cell.take(here);
    auto next = length > here ? static_cast<PageNumber>(cell.fixed(4)) : 0;
    if (!cell.isWhole())
        return std::nullopt;
    Bytes all(begin.begin(), begin.end());
    Bytes page;
    while (all.size() < length) {
        if (next < 2 || next > m_file.count() || !m_file.read(next, page))
            return std::nullopt;
        m_content.overflow.push_back(next);
        next = static_cast<PageNumber>(number(page.data(), 4));
        const auto count = std::min<std::uint64_t>(length - all.size(), usable - 4);
        all.insert(all.end(), page.begin() + 4, page.begin() + 4 + static_cast<std::ptrdiff_t>(count));
    }
    return all;
}

} // namespace

PageContent readPage(const PageFile& file, PageNumber number, PageDepth depth)
{
    return PageReader(file, number).read(depth);
}

} // namespace nabiz::storage
