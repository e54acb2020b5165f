// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences under a run's title: how it ended, how far the loss came, and whether that can be believed.
#include "app/report/markdown.h"
#include "app/report/sections.h"

namespace nabiz::app {

namespace {

std::string entropySentence(const ReportRun& run, const ReportText& text)
{
    const double entropy = run.fact("data.entropy").value_or(0);
    if (entropy <= 0)
        return {};
    const auto& mean = run.overview.summary.meanLastLoss;
    const auto key = mean && *mean < entropy ? "summary.below_entropy" : "summary.entropy";
    return " " + text(key, { text.number(entropy) });
}

std::string note(const ReportRun& run, const ReportText& text)
{
    const auto& words = run.overview.run.note;
    return words.empty() ? std::string() : text("summary.note", { markdown::words(words) }) + "\n\n";
}

} // namespace

std::string summarySection(const ReportRun& run, const ReportText& text, const std::string& title)
{
    const auto& [record, summary] = run.overview;
    std::string result;
    if (!record.why.empty() && title.find(record.why) == std::string::npos)
        result += "*" + markdown::escape(record.why) + "*\n\n";

    result += text("state." + std::string(storage::name(record.status)),
        { std::to_string(summary.batches), std::to_string(summary.steps), text.duration(summary.seconds) });
    if (const auto standIn = record.facts.find("stand_in"); standIn != record.facts.end())
        result += " " + text("summary.stand_in", { markdown::code(standIn->second) });
    if (!record.failure.empty())
        result += " " + text("summary.failure", { markdown::escape(record.failure) });
    if (summary.batches == 0)
        return result + " " + text("summary.no_points") + "\n\n" + note(run, text);
    if (summary.firstLoss && summary.lastLoss && summary.bestLoss)
        result += " "
            + text("summary.loss",
                { text.number(*summary.firstLoss), text.number(*summary.lastLoss), text.number(*summary.bestLoss),
                    std::to_string(summary.bestBatch.value_or(0)) });
    if (summary.bestValLoss)
        result += " "
            + text("summary.validation",
                { text.number(*summary.bestValLoss), std::to_string(summary.bestValBatch.value_or(0)) });
    if (summary.nonFinite > 0)
        result += " " + text("summary.non_finite", { std::to_string(summary.nonFinite) });
    result += entropySentence(run, text);
    if (summary.peakBytes)
        result += " " + text("summary.memory", { text.gigabytes(*summary.peakBytes) });
    return result + "\n\n" + note(run, text);
}

} // namespace nabiz::app
