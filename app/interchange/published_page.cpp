// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_reader.h"
#include "app/interchange/page_words.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::app {

using trainer::message;

namespace {

// Length of the UTF-8 sequence that begins there, 0 when it is none.
std::size_t sequence(std::string_view text, std::size_t at)
{
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? 1
        : byte >= 0xC2 && byte < 0xE0      ? 2
        : byte >= 0xE0 && byte < 0xF0      ? 3
        : byte >= 0xF0 && byte < 0xF5      ? 4
                                           : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

void refuseOthers(std::string_view text)
{
    if (text.size() > kLongestPage)
        throw PageError(message(
            NABIZ_TEXT("Message", "The page is longer than 5 MB. Give the part of it that holds the figures.")));
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence(text, at);
        if (length == 0 || text[at] == '\0')
            throw PageError(message(
                NABIZ_TEXT("Message", "This is no text in UTF-8. Save the page as text, or copy and paste it.")));
        at += length;
    }
}

} // namespace

PublishedPage readPage(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    refuseOthers(text);
    return PageReader(text).read();
}

PageReader::PageReader(std::string_view text)
    : m_numbers(PageNumbers::of(text))
{
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        m_lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    m_own = ownReport(m_lines);
    if (m_own != Own::No)
        m_numbers = PageNumbers(PageNumbers::Style::Point);
}

PublishedPage PageReader::read()
{
    for (std::size_t at = 0; at < m_lines.size();) {
        if (isFence(at)) {
            ++at;
            continue;
        }
        // A fold or a rule is the report's: in a person's words it is escaped.
        if (m_own != Own::No && m_fence.empty() && (m_lines[at].starts_with("<details>") || m_lines[at] == "---"))
            m_section.clear();
        const std::string plain = plainText(m_lines[at]);
        if (plain.empty() || plain.starts_with("<")) {
            ++at;
            if (!m_section.empty() && plain.empty())
                m_page.texts[m_section] += '\n';
            continue;
        }
        if (m_fence.empty() && readHeading(at)) {
            ++at;
            continue;
        }
        if (!m_section.empty()) {
            keepWords(at++);
            continue;
        }
        if (m_own != Own::No) {
            at += readOwn(at);
            continue;
        }
        std::size_t taken = readTable(at);
        if (taken == 0)
            taken = readCsv(at);
        if (taken == 0)
            readLine(at);
        at += std::max<std::size_t>(taken, 1);
    }
    finish();
    return std::move(m_page);
}

// Begins or ends a block of code, which nothing ends but its like.
bool PageReader::isFence(std::size_t at)
{
    const std::string_view line = m_lines[at];
    if (!line.starts_with("```") && !line.starts_with("~~~"))
        return false;
    const auto marks = line.substr(0, line.find_first_not_of(line.front()));
    if (line.front() == '`' && line.find('`', marks.size()) != std::string_view::npos)
        return false; // ```code``` within a line
    if (m_fence.empty())
        m_fence = marks;
    else if (marks.starts_with(m_fence) && line.find_first_not_of(' ', marks.size()) == std::string_view::npos)
        m_fence = {};
    return true;
}

// # Title; and **Problem.** at the start of a line, which is how short pages head their paragraphs.
bool PageReader::readHeading(std::size_t at)
{
    std::string_view line = m_lines[at];
    const auto marks = std::min(line.find_first_not_of('#'), line.size());
    if (marks > 0 && marks < 7 && marks < line.size() && line[marks] == ' ') {
        const std::string title = plainText(line.substr(marks));
        m_section = ownSection(folded(title));
        if (m_page.title.empty() && m_section.empty())
            m_page.title = title;
        return true;
    }
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
    m_page.texts[m_section] = plainText(line.substr(end + 2)) + "\n";
    say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words of the section %1"), m_section) });
    return true;
}

void PageReader::keepWords(std::size_t at)
{
    // A list item or another bold head ends a paragraph's section.
    if (m_own == Own::No
        && (m_lines[at].starts_with("- **") || m_lines[at].starts_with("* **") || m_lines[at].starts_with("**"))) {
        m_section.clear();
        readLine(at);
        return;
    }
    m_page.texts[m_section] += plainText(m_lines[at]) + "\n";
    say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words of the section %1"), m_section) });
}

void PageReader::Said::add(Said other)
{
    for (auto& one : other.taken)
        taken.push_back(std::move(one));
    for (auto& one : other.refused)
        refused.push_back(std::move(one));
}

void PageReader::say(std::size_t at, Said said)
{
    const auto kind = said.refused.empty() ? LineKind::Understood : LineKind::NotUnderstood;
    said.add({ std::exchange(said.refused, {}), {} });
    say(at, kind, std::move(said.taken));
}

void PageReader::say(std::size_t at, LineKind kind, std::vector<trainer::Message> said)
{
    static constexpr std::size_t kShown = 160; // bytes
    std::string text = plainText(m_lines[at]);
    if (text.size() > kShown) {
        std::size_t end = kShown;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        text = text.substr(0, end) + "…";
    }
    m_page.lines.push_back({ static_cast<int>(at) + 1, std::move(text), kind, std::move(said) });
}

void PageReader::finish()
{
    std::stable_sort(
        m_page.points.begin(), m_page.points.end(), [](const auto& a, const auto& b) { return a.batch < b.batch; });
    for (auto& [name, text] : m_page.texts) {
        const auto first = text.find_first_not_of('\n');
        const auto last = text.find_last_not_of('\n');
        text = first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
    }
    std::erase_if(m_page.texts, [](const auto& entry) { return entry.second.empty(); });
}

trainer::Message PageReader::notANumber(std::string_view text) const
{
    if (m_numbers.isAmbiguous(text))
        return message(
            NABIZ_TEXT("Message", "%1 could be a fraction or thousands, and the page does not tell which"), text);
    return message(NABIZ_TEXT("Message", "%1 is not a number"), text);
}

std::optional<trainer::Message> PageReader::addPoint(
    std::string_view batch, const std::string& metric, std::string_view value, std::size_t at)
{
    const auto whole = m_numbers.readWhole(batch);
    if (!whole)
        return message(NABIZ_TEXT("Message", "%1 is not the number of a batch"), batch);
    const auto number = m_numbers.read(value);
    if (!number)
        return notANumber(value);
    const auto [place, fresh] = m_known.try_emplace({ *whole, metric }, m_page.points.size());
    if (!fresh) {
        const PublishedPoint& known = m_page.points[place->second];
        if (known.value == *number || (std::isnan(known.value) && std::isnan(*number)))
            return std::nullopt;
        return message(NABIZ_TEXT("Message", "%1 at batch %2 has another value in line %3"), metric,
            std::to_string(*whole), std::to_string(known.line));
    }
    m_page.points.push_back({ *whole, metric, *number, static_cast<int>(at) + 1 });
    return std::nullopt;
}

std::optional<trainer::Message> PageReader::addSetting(const std::string& key, std::string value, std::size_t at)
{
    for (const PublishedSetting& known : m_page.settings) {
        if (known.key != key)
            continue;
        if (known.value == value)
            return std::nullopt;
        return message(NABIZ_TEXT("Message", "%1 has another value in line %2"), key, std::to_string(known.line));
    }
    m_page.settings.push_back({ key, std::move(value), static_cast<int>(at) + 1 });
    return std::nullopt;
}

} // namespace nabiz::app
