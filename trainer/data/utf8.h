// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 read strictly (no surrogates, no overlong forms), with each byte that belongs to no character given by itself,
// since text may be any bytes. Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::trainer {

struct Utf8Character {
    char32_t codePoint; // of an invalid byte: the byte
    int bytes;
    bool valid;
};

class Utf8Reader {
public:
    explicit Utf8Reader(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }
    explicit Utf8Reader(std::string_view text)
        : m_bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())
    {
    }

    std::optional<Utf8Character> next()
    {
        if (m_bytes.empty())
            return std::nullopt;
        const Utf8Character character = decode();
        m_bytes = m_bytes.subspan(static_cast<std::size_t>(character.bytes));
        return character;
    }

private:
    Utf8Character decode() const
    {
        const std::uint8_t lead = m_bytes[0];
        if (lead < 0x80)
            return { lead, 1, true };
        const int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || m_bytes.size() < static_cast<std::size_t>(length))
            return { lead, 1, false };
        char32_t value = lead & (0x7f >> length);
        for (int i = 1; i < length; ++i) {
            const std::uint8_t byte = m_bytes[static_cast<std::size_t>(i)];
            if ((byte & 0xc0) != 0x80)
                return { lead, 1, false };
            value = value << 6 | (byte & 0x3f);
        }
        const char32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        const bool valid = value >= least && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
        return valid ? Utf8Character { value, length, true } : Utf8Character { lead, 1, false };
    }

    std::span<const std::uint8_t> m_bytes;
};

inline void appendUtf8(std::string& text, char32_t c)
{
    if (c < 0x80) {
        text += static_cast<char>(c);
        return;
    }
    const int length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    const char32_t lead = length == 2 ? 0xc0 : length == 3 ? 0xe0 : 0xf0;
    text += static_cast<char>(lead | c >> (6 * (length - 1)));
    for (int i = length - 2; i >= 0; --i)
        text += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
}

} // namespace nabiz::trainer
