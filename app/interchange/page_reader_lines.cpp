// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of text: "**Batch 50:** `0.2715`", "0: 6.3347 · 50: 0.2715", "batch size 4, learning rate 0.0001", "memory 1.20
// GB".
#include "app/interchange/page_reader.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

namespace {

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

} // namespace

std::vector<PageReader::Token> PageReader::tokens(std::string_view line)
{
    std::vector<Token> found;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == ' ') {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        auto kind = Token::Kind::Sign;
        if (const auto length = numberLength(line.substr(at)); length > 0) {
            end = at + length;
            kind = Token::Kind::Number;
            if (end < line.size() && startsWord(line[end])
                && unitBytes(folded(line.substr(end, 2))) == 0) { // 2x, 3rd: a word
                while (end < line.size() && isWord(line[end]))
                    ++end;
                kind = Token::Kind::Word;
            }
        } else if (startsWord(line[at])) {
            const auto inner = [&](std::size_t i) {
                return isWord(line[i])
                    || ((line[i] == '.' || line[i] == '-' || line[i] == '/') && i + 1 < line.size()
                        && isWord(line[i + 1]));
            };
            while (end < line.size() && inner(end))
                ++end;
            kind = Token::Kind::Word;
        } else if (static_cast<unsigned char>(line[at]) >= 0x80) {
            while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
                ++end;
        }
        const auto text = line.substr(at, end - at);
        found.push_back({ kind, text, kind == Token::Kind::Word ? folded(text) : std::string() });
        at = end;
    }
    return found;
}

void PageReader::readLine(std::size_t at)
{
    readText(plainText(m_lines[at]), at, false);
}

void PageReader::readText(const std::string& plain, std::size_t at, bool isLabelled)
{
    const auto cut = tokens(plain);
    Said said = pointsOf(cut, at);
    if (said.empty()) {
        said.add(memoryOf(plain, cut, at));
        said.add(settingsOf(plain, at, isLabelled));
    }
    const bool figures
        = std::any_of(cut.begin(), cut.end(), [](const Token& token) { return token.kind == Token::Kind::Number; });
    if (!said.empty())
        say(at, std::move(said));
    else if (figures)
        say(at, LineKind::NotUnderstood, { message(NABIZ_TEXT("Message", "no batch, setting or memory known here")) });
    else
        say(at, LineKind::Words, { message(NABIZ_TEXT("Message", "words without figures")) });
}

PageReader::Said PageReader::pointsOf(const std::vector<Token>& tokens, std::size_t at)
{
    Said said = namedBatch(tokens, at);
    return said.empty() ? pairs(tokens, at) : said;
}

// batch 50: loss 0.2715, val.loss 0.3
PageReader::Said PageReader::namedBatch(const std::vector<Token>& tokens, std::size_t at)
{
    Said said;
    std::size_t i = 0;
    for (; i + 2 < tokens.size(); ++i) {
        if (!meansBatch(tokens[i].word))
            continue;
        i += tokens[i + 1].text == ":" || tokens[i + 1].text == "=" || tokens[i + 1].text == "#" ? 1 : 0; // step: 50
        if (tokens[i + 1].kind == Token::Kind::Number)
            break;
    }
    if (i + 2 >= tokens.size())
        return said;
    const std::string_view batch = tokens[i + 1].text;
    if (tokens[i + 2].text == "/") // step 50/750
        i += 2;
    std::string metric = "loss";
    for (i += 2; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (token.kind == Token::Kind::Sign)
            continue;
        const bool isValue = token.kind == Token::Kind::Number || m_numbers.read(token.word);
        if (isValue) {
            if (metric.empty() || (i + 1 < tokens.size() && tokens[i + 1].text == "%"))
                continue;
            if (auto why = addPoint(batch, metric, token.text, at))
                said.refused.push_back(std::move(*why));
            else
                said.taken.push_back(message(NABIZ_TEXT("Message", "%1 at batch %2"), metric, batch));
            metric.clear();
            continue;
        }
        const std::string two = i + 1 < tokens.size() ? metricOf(token.word + " " + tokens[i + 1].word) : std::string();
        metric = two.empty() ? metricOf(token.word) : two;
        if (!two.empty())
            ++i;
        // Another figure of that batch may stand between; a word of a sentence ends what is said of the batch.
        const auto next = i + 1 < tokens.size() && tokens[i + 1].kind == Token::Kind::Sign ? i + 2 : i + 1;
        if (metric.empty() && (next >= tokens.size() || tokens[next].kind != Token::Kind::Number))
            break;
    }
    return said;
}

// 0: 6.3347 · 50: 0.2715
PageReader::Said PageReader::pairs(const std::vector<Token>& tokens, std::size_t at)
{
    std::vector<std::pair<std::string_view, std::string_view>> found;
    std::size_t used = 0;
    bool fraction = false;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const bool joined = tokens[i + 1].text == ":" || tokens[i + 1].text == "=" || tokens[i + 1].text == "→";
        if (tokens[i].kind != Token::Kind::Number || !joined || tokens[i + 2].kind != Token::Kind::Number)
            continue;
        found.emplace_back(tokens[i].text, tokens[i + 2].text);
        fraction = fraction || tokens[i + 2].text.find_first_of(".,e") != std::string_view::npos;
        used += 3;
        i += 2;
    }
    // A clock has pairs, too: one alone must be all there is, and have a fraction.
    if (found.empty() || !fraction || (found.size() == 1 && used < tokens.size()))
        return {};
    Said said;
    std::size_t taken = 0;
    for (const auto& [batch, value] : found) {
        if (auto why = addPoint(batch, "loss", value, at))
            said.refused.push_back(std::move(*why));
        else
            ++taken;
    }
    if (taken > 0)
        said.taken.push_back(message(NABIZ_TEXT("Message", "loss at %1 batches"), std::to_string(taken)));
    return said;
}

PageReader::Said PageReader::memoryOf(const std::string& plain, const std::vector<Token>& tokens, std::size_t at)
{
    const std::string line = folded(plain);
    const std::string kind = memoryKind(line);
    if (!speaksOfMemory(line) || kind.empty())
        return {};
    Said said;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const double unit = unitBytes(tokens[i + 1].word);
        const bool ofAll = i > 0 && (tokens[i - 1].word == "of" || tokens[i - 1].text == "/");
        if (tokens[i].kind != Token::Kind::Number || unit == 0 || ofAll)
            continue;
        const auto number = m_numbers.read(tokens[i].text);
        if (!number) {
            said.refused.push_back(notANumber(tokens[i].text));
            continue;
        }
        m_page.memory.push_back({ kind, *number * unit, static_cast<int>(at) + 1 });
        said.taken.push_back(
            message(NABIZ_TEXT("Message", "memory (%1) %2 %3"), kind, tokens[i].text, tokens[i + 1].text));
        break; // what follows it compares it with something
    }
    return said;
}

} // namespace nabiz::app
