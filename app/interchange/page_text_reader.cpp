// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_text_reader.h"
#include "app/interchange/page_keys.h"
#include "app/interchange/page_misreads.h"
#include "app/interchange/page_titles.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

using Kind = PageToken::Kind;

void PageTextReader::read(const std::string& whole, std::size_t at, bool isLabelled)
{
    const auto plain = withoutStruck(whole);
    const auto parts = keyedParts(plain);
    PageSaid said;
    for (const auto& part : parts)
        said.add(pointsOf(pageTokens(part), at));
    const auto& first = parts.front();
    const auto cut = pageTokens(first);
    if (said.empty()) {
        said.add(memoryOf(first, cut, at));
        if (!isOfAnEpoch(cut))
            said.add(m_settings.ofLine(first, at, isLabelled));
    }
    const auto all = pageTokens(whole);
    const bool figures = std::any_of(all.begin(), all.end(), isFigure);
    // It announces the pairs behind it, each in a line.
    const bool isPair = cut.size() > 2 && cut[0].kind == Kind::Number && joins(cut[1]);
    const bool isOfList = cut.size() > 2 && meansBatch(cut[0].word);
    if (auto label = announcement(plain); !label.empty())
        m_label = std::move(label);
    else if (!isPair && !isOfList)
        m_label.clear();
    if (!said.empty())
        m_draft.say(at, std::move(said));
    else if (figures)
        m_draft.say(
            at, LineKind::NotUnderstood, { message(NABIZ_TEXT("Message", "no batch, setting or memory known here")) });
    else
        m_draft.say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words without figures")) });
}

void PageTextReader::readHeading(const std::string& title, std::size_t at)
{
    if (auto said = namedBatch(pageTokens(title), at); !said.empty())
        m_draft.say(at, std::move(said));
}

PageSaid PageTextReader::pointsOf(const Tokens& tokens, std::size_t at)
{
    const auto before = m_draft.page().points.size();
    PageSaid said = namedBatch(tokens, at);
    if (said.empty())
        said = pairs(tokens, at);
    const auto& points = m_draft.page().points;
    const bool isBatch = !tokens.empty() && meansBatch(tokens[0].word);
    if (isBatch && said.empty() && std::any_of(tokens.begin(), tokens.end(), joins))
        m_otherLine = at; // it goes on with what this one is of
    if (points.size() > before && points.back().metric == "loss")
        m_lossLine = at;
    return said;
}

// batch 50: loss 0.2715, val.loss 0.3; and several such in a line, each by itself.
PageSaid PageTextReader::namedBatch(const Tokens& tokens, std::size_t at)
{
    PageSaid said;
    for (const auto& part : batchParts(tokens)) {
        for (std::size_t i = 0; i + 1 < part.size(); ++i) {
            std::size_t number = i + 1;
            const auto behind = meansBatch(part[i].word) ? behindNumber(part, number) : 0;
            if (behind == 0)
                continue;
            if (!isOfOneBatch(part, i, number, behind))
                break;
            said.add(valuesBehind(part, i, behind, at));
            break;
        }
    }
    return said;
}

PageSaid PageTextReader::valuesBehind(const Tokens& tokens, std::size_t word, std::size_t behind, std::size_t at)
{
    const auto before = metricBefore(tokens, word);
    const auto part = lossOfPart(tokens, word);
    if (!part)
        return {};
    Place place { .number = word + 1, .line = at };
    behindNumber(tokens, place.number);
    PageSaid said;
    if (before || standsFirst(tokens, word)) {
        if (said = bareValue(tokens, place, behind, before); !said.empty())
            return said;
    }
    for (auto i = behind; i < tokens.size();) {
        auto name = tokens[i].kind == Kind::Word ? metricAt(tokens, i) : NamedMetric { {}, i + 1 };
        const auto begin = i;
        const bool isQualified = i > behind && tokens[i - 1].kind == Kind::Word && !isFigure(tokens[i - 1])
            && (!isPlainQualifier(tokens[i - 1].word) || tokens[i - 1].text == "A");
        auto value = name.end;
        while (value < tokens.size() && (joins(tokens[value]) || tokens[value].word == "value"))
            ++value;
        i = name.end;
        if (name.metric.empty() || isQualified || !isValue(tokens, value))
            continue;
        i = value + 1;
        const auto& points = m_draft.page().points; // loss 2.5, lm loss 2.49
        const bool isPartOfLoss = tokens[begin].word == "lm" && !points.empty() && points.back().metric == "loss"
            && points.back().line == static_cast<int>(at) + 1;
        if (isOtherUnitAt(tokens, i) || isOfOthers(tokens, begin, value) || isPartOfLoss)
            continue;
        if (isPartOfMore(tokens, value)) {
            said.refused.push_back(
                m_draft.notANumber({ tokens[value].text.data(), tokens[i].text.data() + tokens[i].text.size() }));
            continue;
        }
        // Of a line about the validation, no loss is that of the batch.
        if (name.metric == "loss" && (before == "val.loss" || *part == "val.loss"))
            name.metric = "val.loss";
        takeNamed(said, tokens, place, name, value);
    }
    return said;
}

void PageTextReader::takeNamed(
    PageSaid& said, const Tokens& tokens, const Place& place, const NamedMetric& name, std::size_t value)
{
    const bool isMean = m_draft.isTrainLossAMean() && name.metric == "loss" && tokens[name.end - 1].word == "loss"
        && tokens[name.end - 2].word == "train";
    if (isMean)
        said.taken.push_back(message(
            NABIZ_TEXT("Message", "%1: a mean over the training text, not the batch's loss"), tokens[value].text));
    else
        addValue(said, tokens, place, name.metric, value);
}

// The value stands right behind the batch, and nothing behind the value.
PageSaid PageTextReader::bareValue(
    const Tokens& tokens, const Place& place, std::size_t behind, const std::optional<std::string>& named)
{
    auto next = behindBrackets(tokens, behind);
    const bool isJoined = next < tokens.size() && joins(tokens[next]);
    next += isJoined ? 1 : 0;
    const bool isLast = std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(std::min(next + 1, tokens.size())),
        tokens.end(), [](const PageToken& token) { return isAmong(token.text, { ".", ";", ",", "|" }); });
    if (!isJoined || !isValue(tokens, next) || !isLast)
        return {};
    PageSaid said;
    if (const auto metric = named ? named : bareMetric(place.line))
        addValue(said, tokens, place, *metric, next);
    else
        said.refused.push_back(
            message(NABIZ_TEXT("Message", "nothing here says that %1 is a loss"), tokens[next].text));
    return said;
}

// What a value without a name is: what the list's label, the caption or the heading says; a loss where they say
// nothing.
std::optional<std::string> PageTextReader::bareMetric(std::size_t at)
{
    if (m_otherLine && *m_otherLine + 1 == at) {
        m_otherLine = at;
        return std::nullopt;
    }
    auto titles = m_draft.titles();
    titles.insert(titles.begin(), m_label);
    for (const auto& title : titles) {
        switch (namedBy(title)) {
        case TitleNames::Another:
            return std::nullopt;
        case TitleNames::ValidationLoss:
            return "val.loss";
        case TitleNames::Loss:
            return "loss";
        case TitleNames::Nothing:
            break;
        }
    }
    return "loss";
}

bool PageTextReader::isValue(const Tokens& tokens, std::size_t at) const
{
    return at < tokens.size()
        && (tokens[at].kind == Kind::Number || m_draft.numbers().read(tokens[at].word).has_value());
}

void PageTextReader::addValue(
    PageSaid& said, const Tokens& tokens, const Place& place, const std::string& metric, std::size_t value)
{
    const auto batch = tokens[place.number].text;
    const auto before = m_draft.page().points.size();
    auto why = m_epochs.countsAnew(m_draft.numbers(), tokens, place.number);
    if (!why)
        why = m_draft.addPoint(batch, metric, tokens[value].text, place.line);
    if (m_draft.page().points.size() < before)
        said.taken.clear();
    if (why)
        said.refused.push_back(std::move(*why));
    else
        said.taken.push_back(m_draft.pointSaid(batch, metric, tokens[value].text));
}

// 0: 6.3347 · 50: 0.2715, and nothing else but what they are of.
PageSaid PageTextReader::pairs(const Tokens& tokens, std::size_t at)
{
    std::size_t begin = 0;
    std::vector<std::string> words; // before the first pair
    const auto isPair = [&](std::size_t i) {
        return i + 2 < tokens.size() && m_draft.numbers().readWhole(tokens[i].text)
            && isAmong(tokens[i + 1].text, { ":", "=", "→" }) && tokens[i + 2].kind == Kind::Number;
    };
    for (; begin < tokens.size() && !isPair(begin); ++begin) {
        if (tokens[begin].kind == Kind::Number)
            return {};
        if (tokens[begin].kind == Kind::Word)
            words.push_back(tokens[begin].word);
    }
    if (words.empty() && !m_label.empty()) {
        for (const auto& token : pageTokens(m_label)) {
            if (token.kind == Kind::Word)
                words.push_back(token.word);
        }
    }
    // Without a name of their own they go on with the list above, or are of nobody knows what.
    const bool goesOn = words.empty() && m_lossLine && *m_lossLine + 1 == at;
    const auto metric = goesOn ? std::string("loss") : metricOfLabel(words);
    std::vector<std::pair<std::string_view, std::string_view>> found;
    bool fraction = false;
    for (auto i = begin; i < tokens.size();) {
        if (!isPair(i)) {
            if (tokens[i].kind != Kind::Sign || tokens[i].text == "%" || tokens[i].text == "/")
                return {};
            ++i;
            continue;
        }
        found.emplace_back(tokens[i].text, tokens[i + 2].text);
        fraction = fraction || tokens[i + 2].text.find_first_of(".,e") != std::string_view::npos;
        i += 3;
    }
    // A clock has pairs, too: what has no fraction is none.
    if (found.empty() || !fraction || metric.empty())
        return {};
    PageSaid said;
    std::size_t taken = 0;
    for (const auto& [batch, value] : found) {
        if (auto why = m_draft.addPoint(batch, metric, value, at))
            said.refused.push_back(std::move(*why));
        else
            ++taken;
    }
    if (taken > 0)
        said.taken.push_back(message(NABIZ_TEXT("Message", "%1 at %2 batches"), metric, std::to_string(taken)));
    return said;
}

PageSaid PageTextReader::memoryOf(const std::string& plain, const Tokens& tokens, std::size_t at)
{
    const std::string line = folded(plain);
    const std::string kind = memoryKind(line);
    if (!speaksOfMemory(line) || kind.empty())
        return {};
    PageSaid said;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const double unit = unitBytes(tokens[i + 1].word);
        const bool ofAll = i > 0 && (tokens[i - 1].word == "of" || tokens[i - 1].text == "/");
        if (tokens[i].kind != Kind::Number || unit == 0 || ofAll)
            continue;
        const auto number = m_draft.numbers().read(tokens[i].text);
        if (!number) {
            said.refused.push_back(m_draft.notANumber(tokens[i].text));
            continue;
        }
        m_draft.page().memory.push_back({ kind, *number * unit, static_cast<int>(at) + 1 });
        said.taken.push_back(
            message(NABIZ_TEXT("Message", "memory (%1) %2 %3"), kind, tokens[i].text, tokens[i + 1].text));
        break; // what follows it compares it with something
    }
    return said;
}

} // namespace nabiz::app
