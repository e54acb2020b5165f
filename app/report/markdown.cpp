// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/markdown.h"

#include <algorithm>

namespace nabiz::app::markdown {

namespace {

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordly(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t longestRun(std::string_view text, char wanted)
{
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == wanted ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// Marks that turn the direction of what stands around them: U+202A–202E and U+2066–2069. A name that holds one would
// turn a whole line of the page; letters that are written from the right need none.
bool isTurn(std::string_view text, std::size_t at)
{
    if (text.size() - at < 3 || text[at] != '\xE2')
        return false;
    const auto second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
    return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

// Columns of a terminal: one a code point is right for the letters that stand in reports.
std::size_t width(std::string_view text)
{
    return std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, bool leftAligned)
{
    std::string line = "|";
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const auto cell = i < cells.size() ? cells[i] : std::string();
        const std::string padding(widths[i] - width(cell), ' ');
        line += i == 0 || leftAligned ? " " + cell + padding + " |" : " " + padding + cell + " |";
    }
    return line + "\n";
}

} // namespace

std::string withoutTurns(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isTurn(text, i))
            i += 2;
        else
            result += text[i];
    }
    return result;
}

std::string escape(std::string_view original)
{
    const std::string text = withoutTurns(original);
    static constexpr std::string_view kMarkup = "\\`*_{}[]<>|~&$";
    std::string result;
    std::size_t digits = 0;
    while (digits < text.size() && isDigit(text[digits]))
        ++digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isControl(c)) {
            result += ' ';
            continue;
        }
        const bool ends = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\t';
        const bool startsList = (i == 0 && (c == '-' || c == '+' || c == '='))
            || (i == digits && i > 0 && ends && (c == '.' || c == ')'));
        // Within a word it emphasizes nothing.
        const bool inWord = c == '_' && i > 0 && i + 1 < text.size() && isWordly(text[i - 1]) && isWordly(text[i + 1]);
        if (startsList || c == '#' || (!inWord && kMarkup.find(c) != std::string_view::npos))
            result += '\\';
        result += c;
    }
    const auto first = result.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : result.substr(first);
}

std::string code(std::string_view text)
{
    // A bar ends a table's cell even in a code span, and renderers differ on how it is escaped there.
    if (text.empty() || text.find('|') != std::string_view::npos)
        return escape(text);
    std::string inside = withoutTurns(text);
    std::replace_if(inside.begin(), inside.end(), isControl, ' ');
    const std::string ticks(longestRun(inside, '`') + 1, '`');
    const bool padded = inside.front() == '`' || inside.back() == '`';
    return ticks + (padded ? " " : "") + inside + (padded ? " " : "") + ticks;
}

std::string block(std::string_view text, std::string_view language)
{
    const std::string fence(std::max<std::size_t>(3, longestRun(text, '`') + 1), '`');
    std::string inside(text);
    std::replace_if(inside.begin(), inside.end(), [](char c) { return isControl(c) && c != '\n'; }, ' ');
    if (inside.empty() || inside.back() != '\n')
        inside += '\n';
    return fence + std::string(language) + "\n" + inside + fence + "\n";
}

std::string heading(int level, std::string_view escapedText)
{
    return std::string(level, '#') + " " + std::string(escapedText) + "\n\n";
}

std::string fold(std::string_view title, std::string_view body)
{
    std::string head; // HTML, where Markdown's escapes would be seen
    for (const char c : withoutTurns(title))
        head += c == '&' ? std::string("&amp;")
            : c == '<'   ? std::string("&lt;")
            : c == '>'   ? std::string("&gt;")
                         : std::string(1, isControl(c) ? ' ' : c);
    while (body.starts_with('\n'))
        body.remove_prefix(1);
    while (body.ends_with('\n'))
        body.remove_suffix(1);
    return body.empty() ? std::string()
                        : "<details><summary>" + head + "</summary>\n\n" + std::string(body) + "\n\n</details>\n\n";
}

std::string foldSection(std::string_view section)
{
    const auto marks = std::min(section.find_first_not_of("# "), section.size());
    const auto end = std::min(section.find('\n'), section.size());
    return end <= marks ? std::string(section)
                        : fold(section.substr(marks, end - marks), section.substr(end).substr(1));
}

std::size_t visibleLines(std::string_view page)
{
    std::size_t lines = 0;
    int depth = 0;
    while (!page.empty()) {
        const auto end = std::min(page.find('\n'), page.size());
        const auto line = page.substr(0, end);
        lines += depth == 0 ? 1 : 0;
        depth += line.starts_with("<details>") ? 1 : line == "</details>" ? -1 : 0;
        page.remove_prefix(std::min(end + 1, page.size()));
    }
    return lines;
}

std::string table(
    const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows, bool leftAligned)
{
    std::vector<std::size_t> widths;
    for (const auto& cell : header)
        widths.push_back(std::max<std::size_t>(3, width(cell)));
    for (const auto& cells : rows)
        for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], width(cells[i]));
    std::string result = row(header, widths, leftAligned) + "|";
    for (std::size_t i = 0; i < widths.size(); ++i)
        result += i == 0 || leftAligned ? " " + std::string(widths[i], '-') + " |"
                                        : " " + std::string(widths[i] - 1, '-') + ": |";
    result += "\n";
    for (const auto& cells : rows)
        result += row(cells, widths, leftAligned);
    return result;
}

} // namespace nabiz::app::markdown
