// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/invisible.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace nabiz::trainer {

namespace {

struct Range {
    std::uint32_t first, last;
    const char* name;
};

constexpr std::array kRanges {
    Range { 0x0009, 0x0009, "tab" },
    Range { 0x000A, 0x000D, "line break" },
    Range { 0x0000, 0x001F, "control character" },
    Range { 0x007F, 0x009F, "control character" },
    Range { 0x00A0, 0x00A0, "no-break space" },
    Range { 0x00AD, 0x00AD, "soft hyphen" },
    Range { 0x034F, 0x034F, "joiner without a shape" },
    Range { 0x061C, 0x061C, "mark of direction" },
    Range { 0x115F, 0x1160, "filler" },
    Range { 0x1680, 0x1680, "space of another width" },
    Range { 0x180E, 0x180E, "zero-width separator" },
    Range { 0x2000, 0x200A, "space of another width" },
    Range { 0x200B, 0x200B, "zero-width space" },
    Range { 0x200C, 0x200D, "zero-width joiner" },
    Range { 0x200E, 0x200F, "mark of direction" },
    Range { 0x2028, 0x2029, "line break" },
    Range { 0x202A, 0x202E, "mark of direction" },
    Range { 0x202F, 0x202F, "narrow no-break space" },
    Range { 0x205F, 0x205F, "space of another width" },
    Range { 0x2060, 0x2060, "word joiner" },
    Range { 0x2061, 0x2064, "operator without a shape" },
    Range { 0x2066, 0x2069, "mark of direction" },
    Range { 0x206A, 0x206F, "mark without a shape" },
    Range { 0x3000, 0x3000, "wide space" },
    Range { 0x3164, 0x3164, "filler" },
    Range { 0xFE00, 0xFE0F, "variation mark" },
    Range { 0xFEFF, 0xFEFF, "byte-order mark" },
    Range { 0xFFA0, 0xFFA0, "filler" },
    Range { 0xE0000, 0xE007F, "tag without a shape" },
};

const char* nameOf(std::uint32_t code)
{
    for (const Range& range : kRanges) {
        if (code >= range.first && code <= range.last)
            return range.name;
    }
    return nullptr;
}

// The character at the start of UTF-8 `text`, and its length; a byte that begins none is itself.
std::pair<std::uint32_t, std::size_t> decoded(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
    if (length == 0 || length > text.size())
        return { 0xFFFD, 1 };
    std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    return { code, length };
}

} // namespace

std::optional<Invisible> findInvisible(std::string_view text, std::size_t begin)
{
    std::size_t character = 1;
    for (std::size_t at = 0; at < text.size(); ++character) {
        const auto [code, length] = decoded(text.substr(at));
        const char* const name = at >= begin ? nameOf(code) : nullptr;
        if (name) {
            std::array<char, 16> number {};
            std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned int>(code));
            return Invisible { at, length, character, std::string(number.data()) + " (" + name + ")" };
        }
        at += length;
    }
    return std::nullopt;
}

std::string invisibleNote(std::string_view text)
{
    const auto found = findInvisible(text);
    if (!found)
        return {};
    return "; it holds " + found->name + " as its character " + std::to_string(found->character);
}

} // namespace nabiz::trainer
