// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/source_text.h"

#include "trainer/base/invisible.h"

#include <algorithm>
#include <optional>

namespace nabiz::trainer {

namespace {

bool continuesCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Length of the UTF-8 sequence at the start of `text`, or 0 when it is none.
std::size_t sequenceLength(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80 ? 1
        : first >= 0xC2 && first < 0xE0     ? 2
        : first >= 0xE0 && first < 0xF0     ? 3
        : first >= 0xF0 && first < 0xF5     ? 4
                                            : 0;
    if (length == 0 || length > text.size()
        || !std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), continuesCharacter))
        return 0;
    if (length < 3)
        return length;
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool beyond = first == 0xF4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

// Where a comment begins, or the line's end.
std::size_t commentOf(std::string_view line)
{
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quote != 0)
            quote = line[i] == quote ? 0 : quote;
        else if (line[i] == '#' && (i == 0 || line[i - 1] == ' '))
            return i;
        else if ((line[i] == '"' || line[i] == '\'') && (i == 0 || line[i - 1] == ' '))
            quote = line[i];
    }
    return line.size();
}

// Nothing but spaces, seen and unseen.
bool isBlank(std::string_view text)
{
    while (!text.empty()) {
        const auto found = findInvisible(text.substr(0, 4)); // the first character alone
        const bool unseen = found && found->offset == 0;
        if (!unseen && text.front() != ' ')
            return false;
        text.remove_prefix(unseen ? found->length : 1);
    }
    return true;
}

// An unseen character where it changes what the line means: before a key, in it, around its value. Within a value it
// may be meant.
std::optional<Invisible> unseenIn(std::string_view line)
{
    if (std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x7f; }))
        return {};
    line = line.substr(0, commentOf(line));
    const std::size_t colon = line.find(':');
    int looks = 16; // a text may be full of them
    for (auto found = findInvisible(line); found && looks-- > 0;
         found = findInvisible(line, found->offset + found->length)) {
        const std::string_view before = line.substr(0, found->offset), behind = line.substr(found->offset);
        if (line[found->offset] == '\t')
            continue;
        const bool inKey = found->offset < colon && colon != std::string_view::npos
            && before.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ -")
                == std::string_view::npos;
        const bool beforeValue = found->offset > colon && isBlank(line.substr(colon + 1, found->offset - colon - 1));
        if (inKey || beforeValue || isBlank(before) || isBlank(behind))
            return found;
    }
    return {};
}

} // namespace

SourceText::SourceText(std::string_view text)
    : m_body(text)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark)) {
        m_offset = byteOrderMark.size();
        m_body.remove_prefix(m_offset);
    }
    std::size_t crlf = 0;
    m_starts.push_back(0);
    for (std::size_t i = 0; i < m_body.size(); ++i) {
        if (m_body[i] != '\n')
            continue;
        m_starts.push_back(i + 1);
        crlf += i > 0 && m_body[i - 1] == '\r';
    }
    m_crlf = crlf * 2 > m_starts.size() - 1;
}

std::string_view SourceText::line(std::size_t index) const
{
    const std::size_t start = m_starts[index];
    std::size_t end = index + 1 < m_starts.size() ? m_starts[index + 1] - 1 : m_body.size();
    if (end > start && m_body[end - 1] == '\r')
        --end;
    return m_body.substr(start, end - start);
}

std::size_t SourceText::offsetOf(YamlMark mark) const
{
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= m_starts.size())
        return m_body.size();
    return std::min(m_body.size(), m_starts[static_cast<std::size_t>(mark.line)] + static_cast<std::size_t>(mark.byte));
}

std::size_t SourceText::lineAt(std::size_t offset) const
{
    return static_cast<std::size_t>(std::upper_bound(m_starts.begin(), m_starts.end(), offset) - m_starts.begin()) - 1;
}

Problem SourceText::problemAt(std::string_view file, YamlMark mark, Message message) const
{
    Problem problem { .file = std::string(file), .message = std::move(message) };
    if (mark.line < 0)
        return problem;
    const std::size_t offset = offsetOf(mark);
    const std::size_t index = lineAt(offset);
    const auto before = m_body.substr(m_starts[index], offset - m_starts[index]);
    problem.line = static_cast<int>(index) + 1;
    problem.column
        = 1 + static_cast<int>(before.size() - std::count_if(before.begin(), before.end(), continuesCharacter));
    return problem;
}

std::vector<Problem> SourceText::problems(std::string_view file) const
{
    if (m_body.size() > kLargestPreset)
        return { problemAt(file, {},
            message(NABIZ_TEXT(
                "Message", "The text is larger than 1 MB; a preset is a few lines. Was another file meant?"))) };
    for (std::size_t i = 0; i < m_body.size();) {
        const std::size_t length = sequenceLength(m_body.substr(i));
        const auto line = static_cast<int>(lineAt(i));
        const YamlMark mark { line, static_cast<int>(i - m_starts[static_cast<std::size_t>(line)]) };
        if (isControl(m_body[i]))
            return { problemAt(file, mark,
                message(NABIZ_TEXT("Message",
                    "A control character stands here: this is a binary file, not a preset. Was another file meant?"))) };
        if (length == 0)
            return { problemAt(file, mark,
                message(NABIZ_TEXT("Message", "The bytes here are not UTF-8. Save the preset in UTF-8."))) };
        if (m_body[i] == '\r' && (i + 1 == m_body.size() || m_body[i + 1] != '\n'))
            return { problemAt(file, mark,
                message(NABIZ_TEXT("Message",
                    "A carriage return stands alone here. Save the preset with the line ends of Unix or Windows."))) };
        i += length;
    }
    constexpr std::size_t kMost = 20;
    std::vector<Problem> result;
    for (std::size_t i = 0; i < m_starts.size() && result.size() < kMost; ++i) {
        const std::string_view text = line(i);
        if (const auto unseen = unseenIn(text))
            result.push_back(problemAt(file, { static_cast<int>(i), static_cast<int>(unseen->offset) },
                message(NABIZ_TEXT("Message",
                            "A character that is not seen stands here: %1. Remove it, or write a plain space."),
                    unseen->name)));
        const std::size_t content = text.find_first_not_of(" \t");
        const std::size_t tab = text.find('\t');
        if (content != std::string_view::npos && text[content] != '#' && tab < content)
            result.push_back(problemAt(file, { static_cast<int>(i), static_cast<int>(tab) },
                message(NABIZ_TEXT(
                    "Message", "The line is indented with a tab, which YAML does not allow. Use two spaces."))));
    }
    return result;
}

} // namespace nabiz::trainer
