// SPDX-License-Identifier: GPL-3.0-or-later
// Settings in lines of text: "batch size 4, learning rate 0.0001; device cuda", "d_model: 384", "one expert
// (language)".
#include "app/interchange/page_settings_reader.h"
#include "app/interchange/page_words.h"
#include "trainer/config/presets/preset_document.h"

#include <algorithm>
#include <cctype>

namespace nabiz::app {

using trainer::message;

namespace {

constexpr std::size_t kLongestName = 4; // words

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kAround = " \t.,;:";
    const auto first = text.find_first_not_of(kAround);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// fp16, float16 …, as mixed precision is written.
std::string precision(std::string_view word)
{
    if (word == "fp16" || word == "float16" || word == "half")
        return "float16";
    return word == "bf16" || word == "bfloat16" ? "bfloat16" : "";
}

std::string listText(std::string_view value)
{
    std::string inside(value);
    std::erase_if(inside, [](char c) { return c == '(' || c == ')' || c == '[' || c == ']' || c == '"' || c == '\''; });
    return "[" + inside + "]";
}

// What follows a comma is a number and no more: of a list, as of several seeds.
bool goesOn(std::string_view rest)
{
    const auto clause = trimmed(rest.substr(0, rest.find_first_of(",;")));
    return !clause.empty() && numberLength(clause) == clause.size();
}

} // namespace

PageSaid PageSettingsReader::ofLine(const std::string& plain, std::size_t at, bool isLabelled)
{
    PageSaid said;
    const std::string_view rest = plain;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= rest.size(); ++i) {
        const char c = i < rest.size() ? rest[i] : ';';
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        const bool inNumber = c == ',' && i > 0 && i + 1 < rest.size() && isDigit(rest[i - 1]) && isDigit(rest[i + 1]);
        const bool inList = c == ',' && i + 1 < rest.size() && goesOn(rest.substr(i + 1));
        if ((c != ';' && c != ',') || inNumber || inList || (depth > 0 && i < rest.size()))
            continue;
        said.add(ofClause(trimmed(rest.substr(start, i - start)), at, isLabelled));
        start = i + 1;
    }
    return said;
}

PageSaid PageSettingsReader::ofClause(std::string_view clause, std::size_t at, bool isLabelled)
{
    const auto cut = pageTokens(clause);
    std::size_t begin = 0;
    if (cut.size() > 2 && cut[1].text == ".") // "Configuration. d_model 384"
        begin = 2;
    if (begin < cut.size() && (cut[begin].word == "one" || cut[begin].word == "bir" || cut[begin].word == "tek"))
        ++begin; // "one expert (language)"
    // The longest name first: "batch size" before "batch".
    for (std::size_t words = std::min(kLongestName, cut.size() - std::min(begin, cut.size())); words > 0; --words) {
        std::string name;
        for (std::size_t i = begin; i < begin + words; ++i)
            name += (i > begin ? " " : "")
                + (cut[i].kind == PageToken::Kind::Word ? cut[i].word : std::string(cut[i].text));
        const std::size_t next = begin + words;
        const bool colon = next < cut.size() && (cut[next].text == ":" || cut[next].text == "=");
        const std::string key = settingKey(name, isLabelled || colon);
        if (key.empty())
            continue;
        std::string_view behind;
        if (next < cut.size())
            behind = clause.substr(static_cast<std::size_t>(cut[next].text.data() - clause.data()) + (colon ? 1 : 0));
        return ofValue(*trainer::findParameter(key), trimmed(behind), words > 1, at, isLabelled || colon);
    }
    return {};
}

// A number and nothing else but a remark in brackets: 10 %, 4 × 8, 3e-4 → 3e-5 and 2000 tokens are something else.
std::optional<PageSaid> PageSettingsReader::ofNumber(
    const std::string& key, std::string_view value, bool isLabelled, std::string& written) const
{
    const auto cut = pageTokens(value);
    const bool isNumber = !cut.empty() && cut.front().kind == PageToken::Kind::Number;
    if (!isNumber || (cut.size() > 1 && cut[1].text != "(")) {
        const bool isFigure = !cut.empty() && cut.front().text.front() >= '0' && cut.front().text.front() <= '9';
        return isLabelled && isFigure
            ? PageSaid { {}, { message(NABIZ_TEXT("Message", "%1 is not a value of %2"), value, key) } }
            : PageSaid {};
    }
    const auto number = m_draft.numbers().read(cut.front().text);
    const auto whole = m_draft.numbers().readWhole(cut.front().text);
    if (!number && !whole)
        return PageSaid { {}, { m_draft.notANumber(cut.front().text) } };
    written = whole ? std::to_string(*whole) : trainer::toText(*number);
    return std::nullopt;
}

PageSaid PageSettingsReader::ofValue(
    const trainer::Parameter& row, std::string_view value, bool isPhrase, std::size_t at, bool isLabelled)
{
    const std::string key(row.key);
    const auto cut = pageTokens(value);
    std::string written(value);
    std::string second; // of mixed precision
    switch (trainer::typeOf(row.defaultValue)) {
    case trainer::ValueType::Boolean: {
        second = cut.empty() ? std::string() : precision(cut.front().word);
        const auto state = cut.empty() ? std::optional(isPhrase)
            : second.empty()           ? switchOf(folded(value))
                                       : std::optional(true);
        if (cut.empty() && (!isPhrase || isLabelled))
            return {};
        if (!state)
            return isLabelled
                ? PageSaid { {}, { message(NABIZ_TEXT("Message", "%1 is not a value of %2"), value, key) } }
                : PageSaid {};
        written = *state ? "true" : "false";
        break;
    }
    case trainer::ValueType::Integer:
    case trainer::ValueType::Real: {
        if (auto said = ofNumber(key, value, isLabelled, written))
            return *said;
        break;
    }
    case trainer::ValueType::List:
        written = listText(value);
        break;
    case trainer::ValueType::Text:
        if (!isLabelled && cut.size() != 1)
            return {};
        break;
    }
    if (m_draft.isInTable(key) && !m_draft.line(at).starts_with('|'))
        return { { message(NABIZ_TEXT("Message", "%1 stands in a table of settings"), key) }, {} };
    const auto parsed = trainer::parseOverride(key + "=" + written);
    if (parsed.problem)
        return isLabelled ? PageSaid { {}, { message(NABIZ_TEXT("Message", "%1 is not a value of %2"), value, key) } }
                          : PageSaid {};
    if (auto why = m_draft.addSetting(key, trainer::toYaml(parsed.value), at))
        return { {}, { std::move(*why) } };
    if (!second.empty() && key == "training.use_amp")
        m_draft.addSetting("training.amp_dtype", second, at);
    return { { message(NABIZ_TEXT("Message", "%1 = %2"), key, trainer::toYaml(parsed.value)) }, {} };
}

} // namespace nabiz::app
