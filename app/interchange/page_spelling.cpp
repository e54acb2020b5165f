// SPDX-License-Identifier: GPL-3.0-or-later
// The spellings of a page that mean the same, brought into one; and lines cut into words, numbers and signs.
#include "app/interchange/page_draft.h"
#include "app/interchange/page_words.h"

#include <array>

namespace nabiz::app {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Letters beyond ASCII: the Latin ones, whose first byte in UTF-8 is one of three. Arrows, dashes and the like are
// signs.
bool isLatin(char c)
{
    return static_cast<unsigned char>(c) >= 0xC3 && static_cast<unsigned char>(c) <= 0xC5;
}

bool startsWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isLatin(c);
}

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || (static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xC0) || isLatin(c);
}

// No-break, narrow no-break, thin and figure spaces.
std::size_t wideSpace(std::string_view text)
{
    if (text.starts_with("\xC2\xA0"))
        return 2;
    for (const std::string_view space : { "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x87" }) {
        if (text.starts_with(space))
            return space.size();
    }
    return 0;
}

bool beginsGroup(std::string_view text)
{
    return text.size() >= 3 && isDigit(text[0]) && isDigit(text[1]) && isDigit(text[2])
        && (text.size() == 3 || !isDigit(text[3]));
}

// ESC [ 32 m: a terminal's colour or movement.
std::size_t ansiLength(std::string_view text)
{
    if (!text.starts_with("\x1b["))
        return 0;
    const auto end = text.find_first_not_of("0123456789;:?", 2);
    return end == std::string_view::npos ? text.size() : end + 1;
}

// A sign of U+2500 to U+257F, with which terminals draw tables, as the ASCII that stands for it in others; else 0.
char ofABox(std::string_view text)
{
    if (text.size() < 3 || text[0] != '\xE2' || (text[1] != '\x94' && text[1] != '\x95'))
        return 0;
    const auto sign = static_cast<unsigned>(text[1] == '\x94' ? 0 : 64) + (static_cast<unsigned char>(text[2]) & 0x3FU);
    constexpr std::string_view kUpright = "\x02\x03\x06\x07\x0A\x0B\x51", kLying = "\x04\x05\x08\x09\x50";
    if (kUpright.find(static_cast<char>(sign)) != std::string_view::npos)
        return '|';
    const bool isLying = sign < 2 || kLying.find(static_cast<char>(sign)) != std::string_view::npos;
    return isLying ? '-' : sign < 0x71 ? '+' : 0;
}

// ' and ’ between groups of three digits, as in Switzerland.
std::size_t apostrophe(std::string_view text)
{
    return text.starts_with('\'') ? 1 : text.starts_with("\xE2\x80\x99") ? 3 : 0;
}

constexpr std::array<std::string_view, 10> kRaised { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

bool take(std::string_view& text, std::string_view sign)
{
    if (!text.starts_with(sign))
        return false;
    text.remove_prefix(sign.size());
    return true;
}

// The exponent of a ten, raised or behind ^, and what is left of the text.
std::string raised(std::string_view& text)
{
    std::string exponent;
    const bool hasMark = take(text, "^");
    const bool hasBrace = hasMark && (take(text, "{") || take(text, "("));
    if (hasMark ? take(text, "-") || take(text, "\xE2\x88\x92") : take(text, "⁻"))
        exponent = "-";
    const auto before = exponent.size();
    while (!text.empty()) {
        if (hasMark && isDigit(text.front())) {
            exponent += text.front();
            text.remove_prefix(1);
            continue;
        }
        std::size_t digit = 0;
        while (!hasMark && digit < kRaised.size() && !text.starts_with(kRaised[digit]))
            ++digit;
        if (hasMark || digit == kRaised.size())
            break;
        exponent += static_cast<char>('0' + digit);
        text.remove_prefix(kRaised[digit].size());
    }
    if (exponent.size() == before || (hasBrace && !take(text, "}") && !take(text, ")")))
        return {};
    return exponent;
}

// Of " × 10⁻⁴" behind a number: e-4, and how long it was.
std::string powerOfTen(std::string_view text, std::size_t& length)
{
    const auto all = text.size();
    const auto skip = [&] { text.remove_prefix(std::min(text.find_first_not_of(' '), text.size())); };
    skip();
    bool isProduct = false;
    for (const std::string_view sign : { "×", "·", "x", "*", "\\times", "⋅" })
        isProduct = isProduct || take(text, sign);
    skip();
    if (!isProduct || !take(text, "10"))
        return {};
    const auto exponent = raised(text);
    length = all - text.size();
    return exponent.empty() ? std::string() : 'e' + exponent;
}

} // namespace

std::string oneSpelling(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    bool isLineBegin = true;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const bool behindDigit = !plain.empty() && isDigit(plain.back());
        if (isLineBegin && rest.front() == '>') { // a quotation
            at += rest.starts_with("> ") ? 2 : 1;
            continue;
        }
        isLineBegin = rest.front() == '\n';
        if (const auto wide = wideSpace(rest)) {
            if (!behindDigit || !beginsGroup(rest.substr(wide)))
                plain += ' ';
            at += wide;
            continue;
        }
        if (const auto colour = ansiLength(rest)) {
            at += colour;
            continue;
        }
        if (const char box = ofABox(rest)) {
            plain += box;
            at += 3;
            continue;
        }
        if (const auto mark = behindDigit ? apostrophe(rest) : 0; mark > 0 && beginsGroup(rest.substr(mark))) {
            at += mark;
            continue;
        }
        std::size_t length = 0;
        if (const auto power = behindDigit ? powerOfTen(rest, length) : std::string(); !power.empty()) {
            plain += power;
            at += length;
            continue;
        }
        plain += text[at++];
    }
    return plain;
}

std::vector<PageToken> pageTokens(std::string_view line)
{
    std::vector<PageToken> found;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == ' ') {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        auto kind = PageToken::Kind::Sign;
        if (const auto length = numberLength(line.substr(at)); length > 0) {
            end = at + length;
            kind = PageToken::Kind::Number;
            auto behind = end;
            while (behind < line.size() && isWord(line[behind]))
                ++behind;
            // 2x, 3rd, 10k: a word, unless what is glued to it is a unit of memory
            if (behind > end && startsWord(line[end]) && unitBytes(folded(line.substr(end, behind - end))) == 0) {
                end = behind;
                kind = PageToken::Kind::Word;
            }
        } else if (startsWord(line[at])) {
            const auto inner = [&](std::size_t i) {
                return isWord(line[i])
                    || ((line[i] == '.' || line[i] == '-' || line[i] == '/') && i + 1 < line.size()
                        && isWord(line[i + 1]));
            };
            while (end < line.size() && inner(end))
                ++end;
            kind = PageToken::Kind::Word;
        } else if (static_cast<unsigned char>(line[at]) >= 0x80) {
            while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
                ++end;
        }
        const auto text = line.substr(at, end - at);
        found.push_back({ kind, text, kind == PageToken::Kind::Word ? folded(text) : std::string() });
        at = end;
    }
    return found;
}

} // namespace nabiz::app
