// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_text.h"

#include <algorithm>
#include <cstdint>

namespace nabiz::app {

namespace {

void append(std::uint32_t sign, std::string& text)
{
    if (sign < 0x80) {
        text += static_cast<char>(sign);
        return;
    }
    const int more = sign < 0x800 ? 1 : sign < 0x10000 ? 2 : 3;
    constexpr std::uint32_t kFront[] = { 0, 0xC0, 0xE0, 0xF0 };
    text += static_cast<char>(kFront[more] | sign >> (6 * more));
    for (int i = more; i-- > 0;)
        text += static_cast<char>(0x80U | (sign >> (6 * i) & 0x3FU));
}

} // namespace

// A half of a pair without the other stands for nothing.
void CsvText::decode(std::string& bytes, std::string& text) const
{
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(m_kind == Kind::Little ? second << 8U | first : first << 8U | second);
    };
    std::size_t at = 0;
    for (; at + 2 <= bytes.size(); at += 2) {
        auto sign = unit(at);
        if (sign >= 0xD800 && sign < 0xDC00) {
            if (at + 4 > bytes.size())
                break;
            const auto low = unit(at + 2);
            const bool isPair = low >= 0xDC00 && low < 0xE000;
            sign = isPair ? 0x10000 + ((sign - 0xD800) << 10U) + (low - 0xDC00) : 0xFFFD;
            at += isPair ? 2 : 0;
        } else if (sign >= 0xDC00 && sign < 0xE000) {
            sign = 0xFFFD;
        }
        append(sign, text);
    }
    bytes.erase(0, at);
}

void CsvText::take(std::string& bytes, std::string& text)
{
    if (m_kind == Kind::Unknown) {
        if (bytes.size() < 2)
            return;
        const bool isLittle = bytes.starts_with("\xff\xfe"), isBig = bytes.starts_with("\xfe\xff");
        m_kind = isLittle ? Kind::Little : isBig ? Kind::Big : Kind::Bytes;
        bytes.erase(0, m_kind == Kind::Bytes ? 0 : 2);
    }
    const auto before = text.size();
    if (m_kind == Kind::Bytes) {
        text.append(bytes);
        bytes.clear();
    } else {
        decode(bytes, text);
    }
    if (!m_isBegun) {
        const auto first = text.find('\r');
        m_hasReturns = first != std::string::npos && first + 1 < text.size() && text.find('\n') == std::string::npos;
        m_isBegun = m_hasReturns || text.find('\n') != std::string::npos;
    }
    if (m_hasReturns)
        std::replace(text.begin() + static_cast<std::ptrdiff_t>(before), text.end(), '\r', '\n');
}

} // namespace nabiz::app
