// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/training_words.h"

#include "app/cli/console.h"

#include <spdlog/fmt/fmt.h>

namespace nabiz::app {

std::string endLine(const storage::RunOverview& overview)
{
    const storage::Summary& summary = overview.summary;
    std::string line = fmt::format("{} {}: {} batches in {}", overview.run.name, storage::name(overview.run.status),
        summary.batches, durationText(summary.seconds));
    if (summary.lastLoss)
        line += fmt::format(", loss {}", numberText(summary.lastLoss));
    if (summary.bestLoss && summary.bestBatch)
        line += fmt::format(" (best {} at {})", numberText(summary.bestLoss), *summary.bestBatch);
    if (summary.lastValLoss)
        line += fmt::format(", val.loss {}", numberText(summary.lastValLoss));
    if (summary.tokensPerSecond)
        line += fmt::format(", {:.0f} tokens/s", *summary.tokensPerSecond);
    if (summary.peakBytes)
        line += fmt::format(", peak {}", bytesText(*summary.peakBytes));
    return line;
}

std::optional<std::string> troubleLine(const storage::Trouble& trouble)
{
    using enum storage::TroubleKind;
    switch (trouble.kind) {
    case Over:
        return fmt::format("the database can be written again: the {} batches that waited are in it", trouble.batches);
    case Writing:
    case Gone:
        return trouble.text + ". Training goes on, and its points wait in memory";
    case Edit:
    case Folder:
        return trouble.text;
    case SetAside:
    case Moved:
    case Lost:
        break;
    }
    return std::nullopt;
}

} // namespace nabiz::app
