// SPDX-License-Identifier: GPL-3.0-or-later
// Settings in lines of text: "batch size 4, learning rate 0.0001; device cuda", "d_model: 384", "one expert
// (language)".
#include "app/interchange/page_reader.h"
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

} // namespace

PageReader::Said PageReader::settingsOf(const std::string& plain, std::size_t at, bool isLabelled)
{
    Said said;
    const std::string_view rest = plain;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= rest.size(); ++i) {
        const char c = i < rest.size() ? rest[i] : ';';
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        const bool inNumber = c == ',' && i > 0 && i + 1 < rest.size() && isDigit(rest[i - 1]) && isDigit(rest[i + 1]);
        if ((c != ';' && c != ',') || inNumber || (depth > 0 && i < rest.size()))
            continue;
        said.add(settingOf(trimmed(rest.substr(start, i - start)), at, isLabelled));
        start = i + 1;
    }
    return said;
}

PageReader::Said PageReader::settingOf(std::string_view clause, std::size_t at, bool isLabelled)
{
    const auto cut = tokens(clause);
    std::size_t begin = 0;
    if (cut.size() > 2 && cut[1].text == ".") // "Configuration. d_model 384"
        begin = 2;
    if (begin < cut.size() && (cut[begin].word == "one" || cut[begin].word == "bir" || cut[begin].word == "tek"))
        ++begin; // "one expert (language)"
    // The longest name first: "batch size" before "batch".
    for (std::size_t words = std::min(kLongestName, cut.size() - std::min(begin, cut.size())); words > 0; --words) {
        std::string name;
        for (std::size_t i = begin; i < begin + words; ++i)
            name
                += (i > begin ? " " : "") + (cut[i].kind == Token::Kind::Word ? cut[i].word : std::string(cut[i].text));
        const std::size_t next = begin + words;
        const bool colon = next < cut.size() && (cut[next].text == ":" || cut[next].text == "=");
        const std::string key = settingKey(name, isLabelled || colon);
        if (key.empty())
            continue;
        std::string_view behind;
        if (next < cut.size())
            behind = clause.substr(static_cast<std::size_t>(cut[next].text.data() - clause.data()) + (colon ? 1 : 0));
        return settingValue(*trainer::findParameter(key), trimmed(behind), words > 1, at, isLabelled || colon);
    }
    return {};
}

PageReader::Said PageReader::settingValue(
    const trainer::Parameter& row, std::string_view value, bool isPhrase, std::size_t at, bool isLabelled)
{
    const std::string key(row.key);
    const auto cut = tokens(value);
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
            return isLabelled ? Said { {}, { message(NABIZ_TEXT("Message", "%1 is not a value of %2"), value, key) } }
                              : Said {};
        written = *state ? "true" : "false";
        break;
    }
    case trainer::ValueType::Integer:
    case trainer::ValueType::Real: {
        if (cut.empty() || cut.front().kind != Token::Kind::Number
            || (!isLabelled && cut.size() > 1 && cut[1].text != "("))
            return {};
        const auto number = m_numbers.read(cut.front().text);
        const auto whole = m_numbers.readWhole(cut.front().text);
        if (!number && !whole)
            return { {}, { notANumber(cut.front().text) } };
        written = whole ? std::to_string(*whole) : trainer::toText(*number);
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
    const auto parsed = trainer::parseOverride(key + "=" + written);
    if (parsed.problem)
        return isLabelled ? Said { {}, { message(NABIZ_TEXT("Message", "%1 is not a value of %2"), value, key) } }
                          : Said {};
    if (auto why = addSetting(key, trainer::toYaml(parsed.value), at))
        return { {}, { std::move(*why) } };
    if (!second.empty() && key == "training.use_amp")
        addSetting("training.amp_dtype", second, at);
    return { { message(NABIZ_TEXT("Message", "%1 = %2"), key, trainer::toYaml(parsed.value)) }, {} };
}

} // namespace nabiz::app
