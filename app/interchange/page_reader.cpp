// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_reader.h"
#include "app/interchange/page_misreads.h"
#include "app/interchange/page_titles.h"
#include "app/interchange/page_words.h"

#include <algorithm>
#include <utility>

namespace nabiz::app {

using trainer::message;

PageReader::PageReader(std::string_view text)
    : m_draft(text)
    , m_settings(m_draft)
    , m_text(m_draft, m_settings)
    , m_tables(m_draft, m_text, m_settings)
    , m_kind(PageOwnReport::kindOf(m_draft.lines()))
    , m_own(m_kind, m_draft, m_text, m_settings)
{
    if (isOwn())
        m_draft.numbers() = PageNumbers(PageNumbers::Style::Point);
}

PublishedPage PageReader::read()
{
    for (std::size_t at = skipFrontMatter(); m_draft.has(at);)
        at += std::max<std::size_t>(readAt(at), 1);
    return m_draft.finish();
}

// What stands between --- and --- at a page's beginning describes the file, not the run.
std::size_t PageReader::skipFrontMatter()
{
    if (!m_draft.has(0) || m_draft.line(0) != "---")
        return 0;
    for (std::size_t at = 1; m_draft.has(at); ++at) {
        if (m_draft.line(at) == "---")
            return at + 1;
    }
    return 0;
}

std::size_t PageReader::readAt(std::size_t at)
{
    if (isFence(at))
        return 1;
    // A fold or a rule is the report's: in a person's words it is escaped.
    const auto line = m_draft.line(at);
    if (isOwn() && m_fence.empty() && (line.starts_with("<details>") || line == "---"))
        m_section.clear();
    const std::string plain = plainText(line);
    if (plain.empty()) {
        endCaption();
        if (!m_section.empty())
            m_draft.page().texts[m_section] += '\n';
        return 1;
    }
    if (plain.starts_with("<"))
        return readMarkup(at);
    if (const auto taken = m_fence.empty() ? readHeading(at) : 0; taken > 0)
        return taken;
    if (!isOwn() && isOfADiff(at))
        return 1;
    if (!m_section.empty()) {
        keepWords(at);
        return 1;
    }
    if (isOwn())
        return m_own.read(at, !m_fence.empty());
    if (isTableRule(line) && line.find('+') != std::string_view::npos)
        return 1; // of a grid, above its head
    beginCaption(line, plain);
    const auto taken = m_tables.read(at);
    if (taken == 0) {
        const bool hasTags = plain.find("</") != plain.npos || plain.find("<br") != plain.npos;
        m_text.read(hasTags ? withoutTags(plain) : plain, at, false);
    }
    return taken;
}

// A change's lines: what it took away is of before, what it put in is read.
bool PageReader::isOfADiff(std::size_t at)
{
    const auto line = m_draft.line(at);
    if (line.starts_with("@@ -")) {
        m_isDiff = true;
        return true;
    }
    m_isDiff = m_isDiff && (!m_fence.empty() || line.find_first_of(" +-\\") == 0);
    if (!m_isDiff || line.starts_with("+++ ") || line.starts_with("--- "))
        return m_isDiff;
    const auto plain = plainText(line.substr(1));
    if (line.front() == '-')
        m_draft.say(at, LineKind::NotUnderstood, { message(NABIZ_TEXT("Message", "a line that a change took away")) });
    else
        m_text.read(line.front() == '+' ? plain : plainText(line), at, false);
    return true;
}

// "Table 2: validation loss." and "Test set:" are of what follows.
void PageReader::beginCaption(std::string_view line, const std::string& plain)
{
    const auto part = partOfTitle(plain);
    const auto lower = folded(plain);
    const bool isCaption = part != PageDataPart::Training && line.find_first_of("|\t,;") == std::string_view::npos
        && (plain.ends_with(':') || line.starts_with("**") || lower.starts_with("table") || lower.starts_with("tab"));
    // === run B ===, Run B:
    auto bare = std::string_view(plain);
    bare.remove_prefix(std::min(bare.find_first_not_of("=-#*~_ "), bare.size()));
    bare = bare.substr(0, bare.find_last_not_of("=-#*~_: ") + 1);
    if (bare.size() < plain.size() && namesARun(bare))
        m_draft.setHeading(std::string(bare), PageDataPart::Training);
    else if (isCaption || (line.starts_with("**") && line.ends_with("**") && line.find("**", 2) + 2 == line.size()))
        m_draft.setCaption(plain, part);
    m_isCaptionUsed = !isCaption;
}

// At the blank line behind what it was of.
void PageReader::endCaption()
{
    if (std::exchange(m_isCaptionUsed, false))
        m_draft.setCaption({}, PageDataPart::Training);
}

// A table, a remark, or words with marks around them.
std::size_t PageReader::readMarkup(std::size_t at)
{
    if (isOwn() || !m_section.empty())
        return 1;
    if (const auto taken = m_tables.read(at); taken > 0)
        return taken;
    if (m_draft.line(at).find("<!--") != std::string_view::npos) {
        std::size_t end = at;
        while (m_draft.has(end) && m_draft.line(end).find("-->") == std::string_view::npos)
            ++end;
        return m_draft.has(end) ? end - at + 1 : 1;
    }
    if (const auto plain = plainText(withoutTags(m_draft.line(at))); !plain.empty())
        m_text.read(plain, at, false);
    return 1;
}

// Begins or ends a block of code, which nothing ends but its like. Within a list it is indented.
bool PageReader::isFence(std::size_t at)
{
    std::string_view line = m_draft.line(at);
    constexpr std::size_t kDeepest = 8;
    line.remove_prefix(std::min({ line.find_first_not_of(' '), kDeepest, line.size() }));
    if (!line.starts_with("```") && !line.starts_with("~~~"))
        return false;
    const auto marks = line.substr(0, line.find_first_not_of(line.front()));
    if (line.front() == '`' && line.find('`', marks.size()) != std::string_view::npos)
        return false; // ```code``` within a line
    if (m_fence.empty()) {
        m_fence = marks;
        const auto kind = folded(line.substr(marks.size()));
        m_isDiff = kind == "diff" || kind == "patch";
    } else if (marks.starts_with(m_fence) && line.find_first_not_of(' ', marks.size()) == std::string_view::npos) {
        m_fence = {};
        m_isDiff = false;
    }
    return true;
}

void PageReader::keepTitle(const std::string& title)
{
    m_section = ownSection(folded(title));
    m_draft.setHeading(title, isOwn() ? PageDataPart::Training : partOfTitle(title));
    m_draft.setCaption({}, PageDataPart::Training);
    if (m_draft.page().title.empty() && m_section.empty())
        m_draft.page().title = title;
}

// # Title, or a title over a line of ===; and **Problem.** at the start of a line, which is how short pages head their
// paragraphs.
std::size_t PageReader::readHeading(std::size_t at)
{
    const std::string_view line = m_draft.line(at);
    const auto marks = std::min(line.find_first_not_of('#'), line.size());
    if (marks > 0 && marks < 7 && marks < line.size() && line[marks] == ' ') {
        const auto title = plainText(line.substr(marks));
        keepTitle(title);
        if (!isOwn())
            m_text.readHeading(title, at);
        return 1;
    }
    if (m_draft.has(at + 1) && m_draft.line(at + 1).starts_with("==")
        && m_draft.line(at + 1).find_first_not_of('=') == std::string_view::npos && line.front() != ' ') {
        keepTitle(plainText(line));
        return 2;
    }
    return beginSection(at) ? 1 : 0;
}

bool PageReader::beginSection(std::size_t at)
{
    std::string_view line = m_draft.line(at);
    if (line.starts_with("- ") || line.starts_with("* "))
        line.remove_prefix(2);
    if (!line.starts_with("**"))
        return false;
    const auto end = line.find("**", 2);
    if (end == std::string_view::npos || (line[end - 1] != '.' && line[end - 1] != ':'))
        return false;
    m_section = ownSection(folded(line.substr(2, end - 3)));
    if (m_section.empty())
        return false;
    m_draft.page().texts[m_section] = plainText(line.substr(end + 2)) + "\n";
    m_draft.say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words of the section %1"), m_section) });
    return true;
}

void PageReader::keepWords(std::size_t at)
{
    // A list item or another bold head ends a paragraph's section.
    const auto line = m_draft.line(at);
    if (!isOwn() && (line.starts_with("- **") || line.starts_with("* **") || line.starts_with("**"))) {
        m_section.clear();
        m_text.read(plainText(line), at, false);
        return;
    }
    m_draft.page().texts[m_section] += plainText(line) + "\n";
    m_draft.say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words of the section %1"), m_section) });
}

} // namespace nabiz::app
