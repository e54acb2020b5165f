// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/terminal_text.h"

#include "app/run/character_width.h"
#include "trainer/data/utf8.h"

#include <spdlog/fmt/fmt.h>

namespace nabiz::app {

using trainer::Utf8Character;
using trainer::Utf8Reader;

namespace {

// What a terminal obeys instead of showing it: C0, DEL, C1, line separators, and marks that turn the direction of text.
bool isObeyed(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

std::string shown(const Utf8Character& character)
{
    const auto code = static_cast<std::uint32_t>(character.codePoint);
    return !character.valid || code < 0x80 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

// Every character with its bytes.
template <typename Take> void read(std::string_view text, Take&& take)
{
    Utf8Reader reader(text);
    std::size_t at = 0;
    while (const auto character = reader.next()) {
        const auto size = static_cast<std::size_t>(character->bytes);
        take(*character, text.substr(at, size));
        at += size;
    }
}

} // namespace

std::string safeText(std::string_view text)
{
    std::string result;
    std::string_view before; // a carriage return is a line's end only right before the break
    read(text, [&](const Utf8Character& character, std::string_view bytes) {
        if (before == "\r")
            result += bytes == "\n" ? "\r" : "\\x0d";
        before = bytes;
        if (bytes == "\r")
            return;
        if (bytes == "\n" || bytes == "\t" || (character.valid && !isObeyed(character.codePoint)))
            result += bytes;
        else
            result += shown(character);
    });
    return before == "\r" ? result + "\\x0d" : result;
}

std::string safeLine(std::string_view text)
{
    std::string result;
    read(text, [&](const Utf8Character& character, std::string_view bytes) {
        if (bytes == "\n" || bytes == "\t" || bytes == "\r")
            result += ' ';
        else if (character.valid && !isObeyed(character.codePoint))
            result += bytes;
        else
            result += shown(character);
    });
    return result;
}

std::string safeJson(std::string_view document)
{
    std::string result;
    result.reserve(document.size());
    read(document, [&](const Utf8Character& character, std::string_view bytes) {
        // The other controls are escaped by JSON itself; outside of its texts it has line breaks alone.
        if (character.codePoint >= 0x7f && isObeyed(character.codePoint))
            result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character.codePoint));
        else
            result += bytes;
    });
    return result;
}

std::size_t textWidth(std::string_view text)
{
    std::size_t width = 0;
    read(text, [&](const Utf8Character& character, std::string_view) { width += characterWidth(character.codePoint); });
    return width;
}

std::string elided(std::string_view text, std::size_t width)
{
    const std::string safe = safeLine(text);
    if (textWidth(safe) <= width)
        return safe;
    std::string result;
    std::size_t used = 1; // the ellipsis
    bool full = width == 0;
    read(safe, [&](const Utf8Character& character, std::string_view bytes) {
        used += characterWidth(character.codePoint);
        full = full || used > width;
        if (!full)
            result += bytes;
    });
    return width == 0 ? "" : result + "…";
}

} // namespace nabiz::app
