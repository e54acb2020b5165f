// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_misreads.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using Kind = PageToken::Kind;

namespace {

bool isOtherUnit(const PageToken& token)
{
    return token.text == "%" || unitBytes(token.word) > 0
        || isAmong(token.word,
            { "s", "ms", "sec", "seconds", "min", "minutes", "h", "hours", "tokens", "tokens/s", "tok/s", "samples/s",
                "it/s", "steps/s", "epochs", "steps", "accuracy", "percent", "bit", "bits", "bpb", "bpc", "bits/byte",
                "bits/char", "bits/token", "bits/dim", "bits-per-byte", "ppl", "perplexity", "db" });
}

bool isTraining(std::string_view word)
{
    return isAmong(word, { "train", "training", "trn", "fit", "eğitim" });
}

bool isValidation(std::string_view word)
{
    return isAmong(
        word, { "val", "valid", "validation", "eval", "evaluation", "dev", "validate", "doğrulama", "değerlendirme" });
}

bool isOtherPart(std::string_view word)
{
    return isAmong(word, { "test", "testing", "holdout", "sınama", "teacher", "baseline" });
}

// Of what stands before the batch. A word that begins a metric's name is the metric's.
PageDataPart partBefore(const PageTokens& tokens, std::size_t batch)
{
    auto part = PageDataPart::Training;
    for (std::size_t i = 0; i < batch;) {
        const auto name = metricAt(tokens, i);
        if (!name.metric.empty()) {
            i = name.end;
            continue;
        }
        if (isTraining(tokens[i].word))
            return PageDataPart::Training;
        if (isValidation(tokens[i].word))
            part = PageDataPart::Validation;
        else if (isOtherPart(tokens[i].word))
            part = PageDataPart::Other;
        ++i;
    }
    return part;
}

bool isWhole(const PageToken& token)
{
    return token.kind == Kind::Number && token.text.find_first_of(".,eE") == std::string_view::npos;
}

} // namespace

bool isOtherUnitAt(const PageTokens& tokens, std::size_t at)
{
    at += at < tokens.size() && isAmong(tokens[at].text, { "(", "[" }) ? 1 : 0;
    const auto isGlued
        = [&](std::size_t i) { return tokens[i].text.data() + tokens[i].text.size() == tokens[i + 1].text.data(); };
    const bool isPer = at + 1 < tokens.size() && tokens[at + 1].kind == Kind::Word
        && (tokens[at].word == "per" || (tokens[at].text == "/" && at > 0 && isGlued(at - 1) && isGlued(at)));
    if (isPer) // 120 per sequence, 0.8/byte
        return tokens[at + 1].word != "token";
    return at < tokens.size() && isOtherUnit(tokens[at]);
}

bool isPartOfMore(const PageTokens& tokens, std::size_t number)
{
    const auto next = number + 1;
    if (next >= tokens.size())
        return false;
    const auto& first = tokens[number].text;
    const bool isGlued = tokens[next].text.data() == first.data() + first.size();
    if (tokens[next].kind == Kind::Number) // 0.9-1.1
        return isGlued;
    if (isGlued && isAmong(tokens[next].text, { "'", "’" }))
        return true;
    // 2.7 (Adam) vs 2.5
    const auto behind = behindBrackets(tokens, next);
    if (behind < tokens.size() && isAmong(tokens[behind].word, { "vs", "versus", "against", "for" }))
        return true;
    // 2.7 → 2.5, 2.7 -> 2.5, 2.7 => 2.5; and 2.7 × 10, whose exponent is nowhere
    if (isAmong(tokens[next].text, { "→", "⇒", "➜", "➝", "⟶", "×", "*", "·", "⋅" }) && next + 1 < tokens.size()
        && tokens[next + 1].kind == Kind::Number)
        return tokens[next].text != "·" && tokens[next].text != "⋅" ? true : tokens[next + 1].text == "10";
    if (next + 2 < tokens.size() && isAmong(tokens[next].text, { "-", "=" }) && tokens[next + 1].text == ">"
        && tokens[next + 2].kind == Kind::Number)
        return true;
    if (next + 1 >= tokens.size() || tokens[next + 1].kind != Kind::Number)
        return false;
    // 0.9, 1.1 and nothing that the second would be: a list.
    const bool isLast = next + 2 == tokens.size() || tokens[next + 2].kind == Kind::Sign;
    if (tokens[next].text == ",")
        return isLast && !isOtherUnitAt(tokens, next + 2);
    return isAmong(tokens[next].text, { "-", "–", "—", "~", "/", "&" })
        || isAmong(tokens[next].word, { "to", "bis", "ile", "and", "ve", "und" });
}

bool isOfOthers(const PageTokens& tokens, std::size_t name, std::size_t number)
{
    // The best up to a batch is of an earlier one, perhaps.
    if (name > 0 && isAmong(tokens[name - 1].word, { "best", "lowest", "minimum", "min", "düşük" }))
        return true;
    return tokens[number].text.starts_with('+') || (name > 0 && isAmong(tokens[name - 1].text, { "Δ", "∆", "δ" }));
}

bool isOfOneBatch(const PageTokens& tokens, std::size_t word, std::size_t number, std::size_t behind)
{
    if (word > 0
        && isAmong(tokens[word - 1].word,
            { "warmup", "max", "maximum", "total", "num", "number", "logging", "log", "save", "saving", "eval",
                "evaluation", "every", "per", "each", "accumulation", "decay", "checkpoint", "toplam", "her",
                "ısınma" })
        && tokens[word].text.ends_with('s'))
        return false;
    if (word > 0 && isAmong(tokens[word - 1].word, { "per", "every", "each", "her" }))
        return false;
    if (behind >= tokens.size())
        return true;
    const bool isCounted = isOtherUnit(tokens[behind])
        || isAmong(tokens[behind].word, { "k", "m", "thousand", "million", "bin", "milyon" });
    if (isCounted || tokens[behind].kind == Kind::Number)
        return false;
    if (behind + 1 >= tokens.size() || tokens[behind + 1].kind != Kind::Number)
        return true;
    if (isAmong(tokens[behind].word, { "and", "ve", "und", "to", "bis", "ile" }) || tokens[behind].text == "&")
        return false;
    const bool isRange = isAmong(tokens[behind].text, { "-", "–", "—", "~" }) && isWhole(tokens[number])
        && isWhole(tokens[behind + 1]);
    const bool isList
        = tokens[behind].text == "," && (behind + 2 == tokens.size() || isAmong(tokens[behind + 2].text, { ":", "=" }));
    return !isRange && !isList;
}

std::optional<std::string> lossOfPart(const PageTokens& tokens, std::size_t batch)
{
    auto part = partBefore(tokens, batch);
    // TensorFlow's estimators, of an evaluation
    if (batch > 1 && tokens[0].kind == Kind::Word
        && std::any_of(tokens.begin() + 1, tokens.begin() + static_cast<std::ptrdiff_t>(batch),
            [&](const PageToken& token) { return token.word == "dict" && (&token - 1)->word == "saving"; }))
        return std::nullopt;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (!isAmong(tokens[i].word, { "split", "phase", "mode", "stage", "subset", "set", "aşama", "bölüm" })
            || !isAmong(tokens[i + 1].text, { ":", "=" }) || tokens[i + 2].kind != Kind::Word)
            continue;
        const auto& word = tokens[i + 2].word;
        part = isTraining(word)  ? PageDataPart::Training
            : isValidation(word) ? PageDataPart::Validation
                                 : PageDataPart::Other;
    }
    if (part == PageDataPart::Other)
        return std::nullopt;
    return part == PageDataPart::Validation ? "val.loss" : "loss";
}

PageDataPart partOfTitle(std::string_view title)
{
    auto part = PageDataPart::Training;
    const auto tokens = pageTokens(title);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto& token = tokens[i];
        std::size_t number = i + 1;
        if (meansBatch(token.word) && behindNumber(tokens, number) > 0)
            return PageDataPart::Training; // Step 1000: loss 2.5, val loss 2.6
        if (token.kind != Kind::Word)
            continue;
        if (isValidation(token.word))
            part = PageDataPart::Validation;
        else if (isOtherPart(token.word))
            part = PageDataPart::Other;
        else if (!isAmong(token.word,
                     { "set", "results", "result", "loss", "losses", "on", "the", "of", "data", "split", "metrics",
                         "performance", "curve", "table", "tablo", "tabelle", "figure", "over", "by", "per", "at",
                         "step", "steps", "sonuçları", "sonuçlar", "kümesi", "kaybı", "kayıp" }))
            return PageDataPart::Training;
    }
    return part;
}

bool isOfAnEpoch(const PageTokens& tokens)
{
    bool hasEpoch = false, hasLoss = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        hasEpoch
            = hasEpoch || (isEpoch(tokens[i].word) && (tokens[i + 1].kind == Kind::Number || joins(tokens[i + 1])));
        hasLoss = hasLoss || metricAt(tokens, i).metric.ends_with("loss");
    }
    return hasEpoch && hasLoss;
}

} // namespace nabiz::app
