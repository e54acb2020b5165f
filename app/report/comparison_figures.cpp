// SPDX-License-Identifier: GPL-3.0-or-later
// What came out of several runs, as a table with four digits and as CSV with all of them.
#include "app/report/compared_report.h"
#include "app/report/markdown.h"
#include "app/report/sections.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

using ui::Outcome;

bool isReached(const ui::OutcomeRow& row)
{
    return row.outcome == Outcome::ReachedBatch || row.outcome == Outcome::ReachedTime;
}

// Those that a comparison rests on; the rest is folded away.
bool decides(const ui::OutcomeRow& row)
{
    switch (row.outcome) {
    case Outcome::BestValLoss:
    case Outcome::MeanLastLoss:
    case Outcome::ReachedBatch:
    case Outcome::PeakMemory:
    case Outcome::BatchTime:
    case Outcome::Batches:
        return true;
    default:
        return false;
    }
}

std::string valueText(const ui::OutcomeRow& row, double value, const ReportText& text)
{
    switch (row.kind) {
    case ui::OutcomeKind::Loss:
        return figure(value);
    case ui::OutcomeKind::Bytes:
        return bytesFigure(value);
    case ui::OutcomeKind::Seconds:
        return row.outcome == Outcome::BatchTime ? figure(value) + " s" : secondsFigure(value, text);
    default:
        return std::isfinite(value) ? std::to_string(std::llround(value)) : figure(value);
    }
}

std::string shortReason(ui::Obstacle obstacle, const ReportText& text)
{
    return text(obstacle == ui::Obstacle::OtherText ? "obstacle.text"
            : obstacle == ui::Obstacle::OtherUnit   ? "obstacle.unit"
                                                    : "obstacle.validation");
}

std::string cellOf(const ui::OutcomeRow& row, std::size_t column, const ReportText& text)
{
    const ui::OutcomeValue& value = row.values[column];
    const std::string reason = value.obstacle ? " (" + shortReason(*value.obstacle, text) + ")" : "";
    if (!value.value)
        return "–" + (isReached(row) ? reason : "");
    std::string cell = valueText(row, *value.value, text);
    if (value.spread > 0)
        cell += " ± " + valueText(row, value.spread, text);
    if (value.batch)
        cell += " @ " + std::to_string(*value.batch);
    if (value.points > 0)
        cell += " ("
            + text(value.points == 1 ? "figure.of_point" : "figure.of_points", { std::to_string(value.points) }) + ")";
    if (value.obstacle)
        return text.figures(std::move(cell)) + reason;
    const auto change = column > 0 ? ui::changeFrom(row.values.front().value, value.value) : std::nullopt;
    if (change && row.kind != ui::OutcomeKind::Batch && row.kind != ui::OutcomeKind::Count) {
        const long percent = std::lround(*change * 100);
        cell += percent == 0
            ? ""
            : (percent > 0 ? " (+" : " (−") + text("percent", { std::to_string(std::abs(percent)) }) + ")";
    }
    cell = text.figures(std::move(cell));
    return row.best == column ? "**" + cell + "**" : cell;
}

} // namespace

std::string columnName(const ui::ComparedEntry& entry, const ReportText& text)
{
    return entry.isGroup() ? text("comparison.seeds", { entry.name, std::to_string(entry.members.size()) })
                           : entry.name;
}

std::string outcomeLabel(const ui::OutcomeRow& row, const ReportText& text)
{
    const auto meanOf = std::to_string(ui::kMeanOf);
    switch (row.outcome) {
    case Outcome::BestValLoss:
        return text("figure.val_best");
    case Outcome::LastValLoss:
        return text("figure.val_last");
    case Outcome::BestMeanLoss:
        return text("figure.mean_best", { meanOf });
    case Outcome::MeanLastLoss:
        return text("figure.loss_mean", { meanOf });
    case Outcome::LowestLoss:
        return text("figure.loss_best");
    case Outcome::LastLoss:
        return text("figure.loss_last");
    case Outcome::ReachedBatch:
        return text("figure.reached_batch", { text.figures(figure(row.at)) });
    case Outcome::ReachedTime:
        return text("figure.reached_time", { text.figures(figure(row.at)) });
    case Outcome::AtEqualBatch:
        return text("figure.at_batch", { std::to_string(std::llround(row.at)) });
    case Outcome::AtEqualTime:
        return text("figure.at_time", { text.figures(secondsFigure(row.at, text)) });
    case Outcome::AtEqualMemory:
        return text("figure.at_memory", { text.figures(bytesFigure(row.at)) });
    case Outcome::PeakMemory:
        return text("figure.memory_most");
    case Outcome::BatchTime:
        return text("figure.batch_time");
    case Outcome::TokensPerSecond:
        return text("figure.tokens");
    case Outcome::Batches:
        return text("figure.batches");
    case Outcome::Duration:
        return text("figure.duration");
    }
    return {};
}

std::vector<std::vector<std::string>> outcomeTable(const ComparedReport& compared, const ReportText& text, bool all)
{
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> states { text("fact.status") };
    for (const auto& entry : compared.entries) {
        std::string state;
        for (const auto& run : entry.members) { // each once
            const auto one = text("status." + std::string(storage::name(run.overview->run.status)));
            if (state.find(one) == std::string::npos)
                state += (state.empty() ? "" : ", ") + one;
        }
        states.push_back(std::move(state));
    }
    rows.push_back(std::move(states));
    for (const auto& row : ui::outcomeRows(compared.entries)) {
        if (!all && !decides(row))
            continue;
        std::vector<std::string> cells { outcomeLabel(row, text) };
        for (std::size_t i = 0; i < row.values.size(); ++i)
            cells.push_back(cellOf(row, i, text));
        rows.push_back(std::move(cells));
    }
    return rows;
}

std::string obstacleSentence(
    ui::Obstacle obstacle, const std::string& one, const std::string& other, const ReportText& text)
{
    return text(obstacle == ui::Obstacle::OtherText ? "comparison.apart_text"
            : obstacle == ui::Obstacle::OtherUnit   ? "comparison.apart_unit"
                                                    : "comparison.apart_validation",
        { one, other });
}

} // namespace nabiz::app
