// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/seeds_offer.h"

#include "ui/models/run_catalog.h"
#include "ui/requests/seed_repeats.h"

namespace nabiz::ui {

std::vector<std::size_t> columnsToSeed(const Comparison& shown)
{
    std::vector<std::size_t> columns;
    if (!shown.verdict) {
        return columns;
    }
    const bool single = shown.verdict->judgement == Judgement::OneSeed;
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
        const bool lacks = i == 0       ? shown.verdict->baselineSeeds < 2
            : i == shown.verdict->other ? shown.verdict->otherSeeds < 2
                                        : shown.columns[i].runs.size() < 2;
        const bool judged = i == 0 || i == shown.verdict->other;
        if (single ? lacks : judged && shown.verdict->judgement == Judgement::CannotTell) {
            columns.push_back(i);
        }
    }
    return columns;
}

SeedsOffer seedsOffer(const RunCatalog& catalog, const Comparison& shown)
{
    SeedsOffer offer;
    for (const std::size_t column : columnsToSeed(shown)) {
        offer.useful = true;
        const std::vector<storage::RunId>& runs = shown.columns[column].runs;
        offer.waiting += waitingFor(catalog, runs);
        if (offer.reason.isEmpty()) {
            offer.reason = whyNotRepeatable(catalog.detail(runs.front()));
        }
    }
    return offer;
}

} // namespace nabiz::ui
