// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_card.h"

#include "trainer/base/shell_quote.h"
#include "trainer/config/presets/preset_document.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::string_view kBegin = "memory card";

constexpr std::pair<std::string_view, std::int64_t MemoryAccount::*> kNumbers[] = {
    { "batch", &MemoryAccount::batch },
    { "held", &MemoryAccount::held },
    { "cap", &MemoryAccount::cap },
    { "language_weights", &MemoryAccount::languageWeights },
    { "model_weights", &MemoryAccount::modelWeights },
    { "gradients", &MemoryAccount::gradients },
    { "optimizer", &MemoryAccount::optimizer },
};

constexpr std::pair<std::string_view, std::optional<std::int64_t> MemoryAccount::*> kToldNumbers[] = {
    { "asked", &MemoryAccount::asked },
    { "unused", &MemoryAccount::unused },
    { "free", &MemoryAccount::free },
    { "total", &MemoryAccount::total },
    { "others", &MemoryAccount::others },
    { "most", &MemoryAccount::most },
    { "residual", &MemoryAccount::residual },
};

std::optional<std::int64_t> numberIn(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

void takeNumber(MemoryAccount& account, std::string_view name, std::int64_t value)
{
    for (const auto& [known, member] : kNumbers) {
        if (known == name)
            account.*member = value;
    }
    for (const auto& [known, member] : kToldNumbers) {
        if (known == name)
            account.*member = value;
    }
}

void take(MemoryCard& card, std::string_view name, const std::string& value)
{
    const auto fitted = [&]() -> FittedRun& { return card.fitted ? *card.fitted : card.fitted.emplace(); };
    if (const auto number = numberIn(value))
        takeNumber(card.account, name, *number);
    if (name == "device") {
        card.account.device = value;
    } else if (name == "limit") {
        card.limit = numberIn(value).value_or(0);
    } else if (name == "phase") {
        for (int i = 0; i < kMemoryPhases; ++i) {
            if (phaseName(static_cast<MemoryPhase>(i)) == value)
                card.account.phase = static_cast<MemoryPhase>(i);
        }
    } else if (name == "fitted") {
        fitted().id = numberIn(value).value_or(0);
    } else if (name == "fitted_name") {
        fitted().name = value;
    } else if (name == "fitted_peak") {
        fitted().peakBytes = numberIn(value).value_or(0);
    } else if (name == "differs") {
        fitted().differs.push_back(value);
    } else if (name == "change") {
        card.suggestions.push_back({ {}, numberIn(value).value_or(0) });
    } else if (name == "set" && !card.suggestions.empty()) {
        if (Override read = parseOverride(value); !read.problem)
            card.suggestions.back().set.emplace_back(read.key, std::move(read.value));
    }
}

} // namespace

Message toMessage(const Message& sentence, const MemoryCard& card)
{
    Message event = sentence;
    const auto add = [&event](std::string_view name, const std::string& value) {
        event.arguments.push_back(std::string(name) + '=' + value);
    };
    event.arguments.emplace_back(kBegin);
    add("device", card.account.device);
    add("phase", std::string(phaseName(card.account.phase)));
    for (const auto& [name, member] : kNumbers)
        add(name, std::to_string(card.account.*member));
    for (const auto& [name, member] : kToldNumbers) {
        if (card.account.*member)
            add(name, std::to_string(*(card.account.*member)));
    }
    add("limit", std::to_string(card.limit));
    if (card.fitted) {
        add("fitted", std::to_string(card.fitted->id));
        add("fitted_name", card.fitted->name);
        add("fitted_peak", std::to_string(card.fitted->peakBytes));
        for (const std::string& setting : card.fitted->differs)
            add("differs", setting);
    }
    for (const MemorySuggestion& suggestion : card.suggestions) {
        add("change", std::to_string(suggestion.totalBytes));
        for (const auto& [key, value] : suggestion.set)
            add("set", key + '=' + toYaml(value));
    }
    return event;
}

std::optional<MemoryCard> cardFrom(const std::vector<std::string>& arguments)
{
    const auto begin = std::find(arguments.begin(), arguments.end(), kBegin);
    if (begin == arguments.end())
        return std::nullopt;
    MemoryCard card;
    for (auto argument = begin + 1; argument != arguments.end(); ++argument) {
        const auto sign = argument->find('=');
        if (sign == std::string::npos)
            continue;
        const std::string_view name = std::string_view(*argument).substr(0, sign);
        take(card, name, argument->substr(sign + 1));
    }
    return card;
}

std::vector<std::pair<Message, std::int64_t>> rowsOf(const MemoryAccount& account)
{
    std::vector<std::pair<Message, std::int64_t>> rows;
    const auto add = [&rows](const char* text, std::optional<std::int64_t> bytes) {
        if (bytes)
            rows.emplace_back(message(text), *bytes);
    };
    const auto part = [&](const char* text, std::int64_t bytes) {
        if (bytes > 0)
            add(text, bytes);
    };
    add(NABIZ_TEXT("Message", "asked for"), account.asked);
    add(NABIZ_TEXT("Message", "free"), account.free);
    part(NABIZ_TEXT("Message", "cap (hardware.max_memory_mb)"), account.cap);
    add(NABIZ_TEXT("Message", "of the device"), account.total);
    add(NABIZ_TEXT("Message", "reserved, but unused"), account.unused);
    add(NABIZ_TEXT("Message", "other programs"), account.others);
    add(NABIZ_TEXT("Message", "held"), account.held);
    part(NABIZ_TEXT("Message", "– language weights"), account.languageWeights);
    part(NABIZ_TEXT("Message", "– model weights"), account.modelWeights);
    part(NABIZ_TEXT("Message", "– gradients"), account.gradients);
    part(NABIZ_TEXT("Message", "– optimizer"), account.optimizer);
    part(NABIZ_TEXT("Message", "– activations, copies and workspace"), account.rest());
    add(NABIZ_TEXT("Message", "still held afterwards"), account.residual);
    return rows;
}

Message placeOf(const MemoryAccount& account)
{
    const std::string batch = std::to_string(account.batch);
    switch (account.phase) {
    case MemoryPhase::Preparing:
        return message(NABIZ_TEXT("Message", "Before the first batch, while the run was prepared"));
    case MemoryPhase::Forward:
        return message(NABIZ_TEXT("Message", "In the forward pass of batch %1"), batch);
    case MemoryPhase::Backward:
        return message(NABIZ_TEXT("Message", "In the backward pass of batch %1"), batch);
    case MemoryPhase::Step:
        return message(NABIZ_TEXT("Message", "In the optimizer step of batch %1"), batch);
    case MemoryPhase::Evaluation:
        return message(NABIZ_TEXT("Message", "In the evaluation after batch %1"), batch);
    case MemoryPhase::Sample:
        return message(NABIZ_TEXT("Message", "While a text was written after batch %1"), batch);
    case MemoryPhase::Checkpoint:
        return message(NABIZ_TEXT("Message", "While the checkpoint of batch %1 was copied"), batch);
    }
    return {};
}

std::string settingsOf(const MemorySuggestion& suggestion)
{
    std::string text;
    for (const auto& [key, value] : suggestion.set)
        text += (text.empty() ? "" : " ") + shellQuote(key + '=' + toYaml(value));
    return text;
}

} // namespace nabiz::trainer
