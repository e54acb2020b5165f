// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/memory_text.h"

#include "app/cli/console.h"
#include "app/cli/run_json.h"
#include "app/cli/text_table.h"
#include "app/run/terminal_text.h"
#include "trainer/base/byte_text.h"

#include <spdlog/fmt/fmt.h>

namespace nabiz::app {

using Json = nlohmann::ordered_json;

namespace {

Json bytes(const std::optional<std::int64_t>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

bool fits(const trainer::MemoryCard& card, const trainer::MemorySuggestion& suggestion)
{
    return suggestion.totalBytes <= card.limit;
}

} // namespace

std::vector<std::string> changeLines(const trainer::MemoryCard& card)
{
    std::vector<std::string> lines;
    for (const trainer::MemorySuggestion& suggestion : card.suggestions)
        lines.push_back(fmt::format("{} would take {}{}", trainer::settingsOf(suggestion),
            trainer::bytesText(suggestion.totalBytes), fits(card, suggestion) ? "" : ", which may be too much still"));
    return lines;
}

std::string memoryCardText(const trainer::MemoryCard& card)
{
    TextTable table({ { "OUT OF MEMORY" }, { "", TextTable::Align::Right } });
    for (const auto& [what, size] : trainer::rowsOf(card.account))
        table.add({ what.english(), trainer::bytesText(size) });
    std::string text
        = '\n' + table.text() + trainer::placeOf(card.account).english() + " on " + card.account.device + ".\n";
    if (card.fitted) {
        std::string settings;
        for (const std::string& setting : card.fitted->differs)
            settings += (settings.empty() ? "" : " ") + safeLine(setting);
        text += fmt::format("Run {} ({}) fitted with {}: its peak was {}.\n", card.fitted->id,
            safeLine(card.fitted->name), settings, trainer::bytesText(card.fitted->peakBytes));
    }
    TextTable changes({ { "TO MAKE IT FIT" }, { "", TextTable::Align::Right } });
    for (const trainer::MemorySuggestion& suggestion : card.suggestions)
        changes.add({ trainer::settingsOf(suggestion),
            trainer::bytesText(suggestion.totalBytes) + (fits(card, suggestion) ? "" : " (may be too much still)") });
    return text + (changes.empty() ? "" : '\n' + changes.text());
}

Json memoryCardJson(const trainer::MemoryCard& card)
{
    const trainer::MemoryAccount& account = card.account;
    Json json { { "device", account.device }, { "phase", trainer::phaseName(account.phase) },
        { "batch", account.batch < 0 ? Json(nullptr) : Json(account.batch) }, { "asked_bytes", bytes(account.asked) },
        { "held_bytes", account.held }, { "reserved_unused_bytes", bytes(account.unused) },
        { "free_bytes", bytes(account.free) }, { "total_bytes", bytes(account.total) },
        { "other_programs_bytes", bytes(account.others) }, { "residual_bytes", bytes(account.residual) },
        { "cap_bytes", account.cap > 0 ? Json(account.cap) : Json(nullptr) },
        { "limit_bytes", card.limit > 0 ? Json(card.limit) : Json(nullptr) } };
    json["ledger"] = { { "language_weights", account.languageWeights }, { "model_weights", account.modelWeights },
        { "gradients", account.gradients }, { "optimizer", account.optimizer }, { "rest", account.rest() } };
    json["fitted"] = nullptr;
    if (card.fitted)
        json["fitted"] = { { "run", card.fitted->id }, { "name", card.fitted->name },
            { "peak_bytes", card.fitted->peakBytes }, { "differs", card.fitted->differs } };
    json["suggestions"] = Json::array();
    for (const trainer::MemorySuggestion& suggestion : card.suggestions) {
        Json set;
        for (const auto& [key, value] : suggestion.set)
            set[key] = valueJson(value);
        json["suggestions"].push_back(
            { { "set", set }, { "total_bytes", suggestion.totalBytes }, { "fits", fits(card, suggestion) } });
    }
    return json;
}

} // namespace nabiz::app
