// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_titles.h"
#include "app/interchange/page_misreads.h"
#include "app/interchange/page_words.h"

#include <algorithm>

namespace nabiz::app {

using Kind = PageToken::Kind;

namespace {

bool tellsRunsApart(std::string_view word)
{
    return isAmong(word,
        { "run", "koşu", "seed", "tohum", "experiment", "exp", "deney", "trial", "deneme", "rank", "worker", "gpu",
            "fold", "replica", "job", "attempt" });
}

// Quantities that are no loss.
bool isAnother(std::string_view word)
{
    return isAmong(word,
        { "accuracy", "acc", "perplexity", "ppl", "reward", "rewards", "return", "returns", "score", "scores", "f1",
            "bleu", "rouge", "recall", "precision", "auc", "map", "iou", "miou", "norm", "norms", "gradient", "grad",
            "lr", "rate", "memory", "vram", "time", "duration", "speed", "throughput", "tokens", "bpb", "bpc", "bits",
            "error", "wer", "cer", "psnr", "ssim", "fid", "kl", "entropy", "temperature", "sparsity", "utilization",
            "utilisation", "usage", "latency", "hellaswag", "mmlu", "elo", "doğruluk", "ödül", "bellek", "süre", "hız",
            "hata", "şaşkınlık", "genauigkeit" });
}

// They say nothing of what is measured.
bool isNeutral(std::string_view word)
{
    return isAmong(word,
        { "by", "per", "at", "over", "on", "of", "the", "in", "and", "during", "training", "train", "eval",
            "evaluation", "validation", "val", "test", "step", "steps", "batch", "batches", "iteration", "iterations",
            "learning", "schedule", "curve", "history", "progress", "evolution", "log", "values", "mean", "average",
            "results", "used", "peak", "wall", "table", "figure", "gb", "gib", "mb", "ms", "s", "adım", "batch'e",
            "göre" });
}

} // namespace

bool namesARun(std::string_view title)
{
    const auto tokens = pageTokens(title);
    if (tokens.size() < 2 || !tellsRunsApart(tokens[0].word))
        return false;
    // "Run A", "Run 2: wide", "Seed = 1"; a sentence that begins with such a word is none
    const auto name = joins(tokens[1]) || tokens[1].text == "#" ? std::size_t { 2 } : std::size_t { 1 };
    return name < tokens.size() && tokens[name].kind != Kind::Sign
        && (name + 1 == tokens.size() || tokens[name + 1].kind == Kind::Sign);
}

std::string tagOf(std::string_view line)
{
    const auto tokens = pageTokens(line);
    std::string tag;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::size_t number = i + 1;
        if (meansBatch(tokens[i].word) && behindNumber(tokens, number) > 0)
            return tag;
        if (tokens[i].kind != Kind::Word || (tokens[i].text.front() >= '0' && tokens[i].text.front() <= '9'))
            continue;
        const auto name = i + 1 < tokens.size() && joins(tokens[i + 1]) ? i + 2 : i + 1;
        const bool isPair = (tellsRunsApart(tokens[i].word) || tokens[i].word == "lr") && name < tokens.size()
            && tokens[name].kind != Kind::Sign;
        std::string one;
        if (isPair)
            one = tokens[i].word + ' ' + std::string(tokens[name].text);
        else if (tokens[i].text.find_first_of("0123456789.") != std::string_view::npos)
            one = tokens[i].text;
        tag += (tag.empty() || one.empty() ? "" : " ") + one;
    }
    return {};
}

std::string announcement(const std::string& plain)
{
    if (!plain.ends_with(':') && !plain.ends_with('='))
        return {};
    std::size_t begin = 0;
    for (std::size_t at = 0; at + 1 < plain.size(); ++at)
        begin = (plain[at] == ';' || plain[at] == '.') && plain[at + 1] == ' ' ? at + 2 : begin;
    auto words = plain.substr(begin);
    const auto cut = pageTokens(words);
    return std::any_of(cut.begin(), cut.end(), isFigure) ? std::string() : words;
}

TitleNames namedBy(std::string_view title)
{
    bool hasLoss = false, isValidation = false, hasOther = false, isOnlyThat = true;
    const auto tokens = pageTokens(title);
    for (std::size_t i = 0; i < tokens.size();) {
        const auto name = metricAt(tokens, i);
        if (tokens[i].kind != Kind::Word) {
            ++i;
        } else if (name.metric.ends_with("loss") || tokens[i].word == "losses") {
            hasLoss = true;
            isValidation = name.metric == "val.loss" || partOfTitle(title) == PageDataPart::Validation;
            i = name.end;
        } else {
            hasOther = hasOther || !name.metric.empty() || isAnother(tokens[i].word);
            isOnlyThat = isOnlyThat && (!name.metric.empty() || isAnother(tokens[i].word) || isNeutral(tokens[i].word));
            i = name.end;
        }
    }
    if (hasOther && isOnlyThat)
        return TitleNames::Another;
    return !hasLoss ? TitleNames::Nothing : isValidation ? TitleNames::ValidationLoss : TitleNames::Loss;
}

} // namespace nabiz::app
