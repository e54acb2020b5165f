// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_draft.h"
#include "app/interchange/page_titles.h"
#include "app/interchange/page_words.h"
#include "trainer/config/parameters/parameter_table.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

using trainer::message;

namespace {

// "2.0" is the batch 2, as tables of numbers write it.
std::string_view withoutZeros(std::string_view batch)
{
    const auto point = batch.find('.');
    if (point == std::string_view::npos || point == 0 || batch.find_first_not_of('0', point + 1) != batch.npos
        || point + 1 == batch.size() || batch.size() - point == 4) // 1.000 may be a thousand
        return batch;
    return batch.substr(0, point);
}

// iter 0: loss 10.9872, with no word before the loss that says of what.
bool tellsOfABatch(const std::vector<PageToken>& tokens)
{
    bool hasBatch = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        hasBatch |= meansBatch(tokens[i].word) && tokens[i + 1].kind == PageToken::Kind::Number;
        if (hasBatch && tokens[i].word == "loss" && tokens[i - 1].kind != PageToken::Kind::Word)
            return true;
    }
    return false;
}

bool tellsOfBoth(const std::vector<PageToken>& tokens)
{
    bool train = false, validation = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        train |= tokens[i].word == "train" && tokens[i + 1].word == "loss";
        validation |= tokens[i].word == "val" && tokens[i + 1].word == "loss";
    }
    return train && validation;
}

} // namespace

void PageSaid::add(PageSaid other)
{
    for (auto& one : other.taken)
        taken.push_back(std::move(one));
    for (auto& one : other.refused)
        refused.push_back(std::move(one));
}

PageDraft::PageDraft(std::string_view text)
    : m_text(oneSpelling(text))
    , m_numbers(PageNumbers::of(m_text))
{
    for (std::string_view rest = m_text; !rest.empty();) {
        const auto end = rest.find('\n');
        auto line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        m_lines.push_back(line);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    lookAhead();
}

void PageDraft::lookAhead()
{
    bool hasBatches = false, hasBoth = false;
    for (const auto line : m_lines) {
        if (line.find("loss") != std::string_view::npos) {
            const auto cut = pageTokens(line);
            hasBatches |= tellsOfABatch(cut);
            hasBoth |= tellsOfBoth(cut);
        }
        const auto first = line.find('|');
        if (first == std::string_view::npos || line.find_first_not_of(' ') != first)
            continue;
        const auto cell = plainText(line.substr(first + 1, line.find('|', first + 1) - first - 1));
        if (const auto* row = trainer::findParameter(cell))
            m_tableKeys.insert(std::string(row->key));
    }
    m_isTrainLossAMean = hasBatches && hasBoth;
}

trainer::Message PageDraft::notANumber(std::string_view text) const
{
    if (m_numbers.isAmbiguous(text))
        return message(
            NABIZ_TEXT("Message", "%1 could be a fraction or thousands, and the page does not tell which"), text);
    return message(NABIZ_TEXT("Message", "%1 is not a number"), text);
}

void PageDraft::setHeading(std::string title, PageDataPart part)
{
    m_headingPoints = m_page.points.size();
    m_courses.clear();
    m_otherRun.reset();
    beginRun(title);
    m_heading = { std::move(title), part };
}

void PageDraft::setCaption(std::string title, PageDataPart part)
{
    beginRun(title);
    m_caption = { std::move(title), part };
}

// "Run A" and then "Run B": what stands under the second is not of the first.
void PageDraft::beginRun(const std::string& title)
{
    if (!namesARun(title))
        return;
    if (m_runTitle.empty() || m_page.points.empty() || m_runTitle == title) {
        m_runTitle = title;
        m_otherRun.reset();
    } else {
        m_otherRun
            = message(NABIZ_TEXT("Message", "what stands under '%1' is of another run than what stands under '%2'"),
                title, m_runTitle);
    }
}

std::optional<trainer::Message> PageDraft::addPoint(
    std::string_view batch, const std::string& metric, std::string_view value, std::size_t at)
{
    const auto whole = m_numbers.readWhole(withoutZeros(batch));
    if (!whole)
        return message(NABIZ_TEXT("Message", "%1 is not the number of a batch"), batch);
    const auto number = m_numbers.read(value);
    if (!number)
        return notANumber(value);
    for (const auto& [title, part] : { m_caption, m_heading }) {
        if (part != PageDataPart::Training && metric == "loss")
            return message(NABIZ_TEXT("Message", "what stands under '%1' is not the training's"), title);
    }
    if (m_otherRun)
        return m_otherRun;
    const auto tag = tagOf(m_lines[at]);
    if (const auto kept = m_tags.find(metric); kept != m_tags.end() && !tag.empty() && kept->second != tag)
        return message(NABIZ_TEXT("Message", "the rows are of several: %1 tells them apart"), tag);
    noteCourse(metric, *whole);
    if (const auto known = m_known.find({ *whole, metric }); known != m_known.end()) {
        auto other = otherValue(batch, metric, value);
        return other ? std::optional(conflict(metric, known->second, at, std::move(*other))) : std::nullopt;
    }
    m_known.emplace(std::pair(*whole, metric), m_page.points.size());
    m_page.points.push_back({ *whole, metric, *number, static_cast<int>(at) + 1 });
    return std::nullopt;
}

// Batches that rose and then begin at their first again, or before it: another run, perhaps.
void PageDraft::noteCourse(const std::string& metric, std::int64_t batch)
{
    auto& course = m_courses[metric];
    if (course.count > 1 && batch <= course.first) {
        m_headingPoints = m_page.points.size();
        m_courses.clear();
        m_courses[metric] = { batch, batch, 1 };
        return;
    }
    if (course.count == 0)
        course.first = batch;
    course.count = course.count == 0 || batch > course.last ? course.count + 1 : 0;
    course.last = batch;
}

// The same batch with another value. Where lines of several are mixed, those of the first are kept; and what stands
// under another heading, or where the count began anew, is of another run.
trainer::Message PageDraft::conflict(
    const std::string& metric, std::size_t known, std::size_t at, trainer::Message other)
{
    const auto tagOfPoint
        = [this](const PublishedPoint& point) { return tagOf(m_lines[static_cast<std::size_t>(point.line) - 1]); };
    const auto tag = tagOf(m_lines[at]), first = tagOfPoint(m_page.points[known]);
    if (!tag.empty() && !first.empty() && tag != first) {
        m_tags[metric] = first;
        other = message(NABIZ_TEXT("Message", "the rows are of several: %1 tells them apart"), tag);
        withdraw(
            [&](std::size_t, const PublishedPoint& point) {
                const auto one = tagOfPoint(point);
                return point.metric == metric && !one.empty() && one != first;
            },
            other);
    } else if (m_page.points[known].line == static_cast<int>(at) + 1) { // A: loss 2.5; B: loss 2.4
        withdraw([known](std::size_t place, const PublishedPoint&) { return place == known; }, other);
    } else if (known < m_headingPoints) {
        m_otherRun = other;
        withdraw([this](std::size_t place, const PublishedPoint&) { return place >= m_headingPoints; }, other);
    }
    return other;
}

void PageDraft::withdraw(
    const std::function<bool(std::size_t, const PublishedPoint&)>& isOne, const trainer::Message& why)
{
    std::set<int> lines;
    std::vector<PublishedPoint> kept;
    m_known.clear();
    for (std::size_t place = 0; place < m_page.points.size(); ++place) {
        const auto& point = m_page.points[place];
        if (isOne(place, point)) {
            lines.insert(point.line);
            continue;
        }
        m_known.emplace(std::pair(point.batch, point.metric), kept.size());
        kept.push_back(point);
    }
    m_page.points = std::move(kept);
    for (auto& line : m_page.lines) {
        if (lines.contains(line.number)) {
            line.kind = LineKind::NotUnderstood;
            line.said = { why };
        }
    }
}

std::optional<trainer::Message> PageDraft::otherValue(
    std::string_view batch, const std::string& metric, std::string_view value) const
{
    const auto whole = m_numbers.readWhole(withoutZeros(batch));
    const auto number = m_numbers.read(value);
    const auto place = whole && number ? m_known.find({ *whole, metric }) : m_known.end();
    if (place == m_known.end())
        return std::nullopt;
    const PublishedPoint& known = m_page.points[place->second];
    if (known.value == *number || (std::isnan(known.value) && std::isnan(*number))
        || isRounded(known.value, *number, value))
        return std::nullopt;
    return message(NABIZ_TEXT("Message", "%1 at batch %2 has another value in line %3"), metric, std::to_string(*whole),
        std::to_string(known.line));
}

trainer::Message PageDraft::pointSaid(std::string_view batch, const std::string& metric, std::string_view value) const
{
    return message(NABIZ_TEXT("Message", "%1 at batch %2: %3"), metric,
        std::to_string(m_numbers.readWhole(withoutZeros(batch)).value_or(0)),
        trainer::toText(m_numbers.read(value).value_or(0)));
}

std::optional<trainer::Message> PageDraft::addSetting(const std::string& key, std::string value, std::size_t at)
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

void PageDraft::say(std::size_t at, PageSaid said)
{
    const auto kind = said.refused.empty() ? LineKind::Understood : LineKind::NotUnderstood;
    said.add({ std::exchange(said.refused, {}), {} });
    say(at, kind, std::move(said.taken));
}

void PageDraft::say(std::size_t at, LineKind kind, std::vector<trainer::Message> said)
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

PublishedPage PageDraft::finish()
{
    std::stable_sort(
        m_page.points.begin(), m_page.points.end(), [](const auto& a, const auto& b) { return a.batch < b.batch; });
    for (auto& [name, text] : m_page.texts) {
        const auto first = text.find_first_not_of('\n');
        const auto last = text.find_last_not_of('\n');
        text = first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
    }
    std::erase_if(m_page.texts, [](const auto& entry) { return entry.second.empty(); });
    return std::move(m_page);
}

} // namespace nabiz::app
