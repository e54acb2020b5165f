// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison.h"

#include "ui/models/run_catalog.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kInOneList = 12;

} // namespace

Comparison compareEntries(
    const std::vector<ComparedEntry>& entries, const std::vector<QColor>& colors, const SettingChoice& choice)
{
    Comparison comparison;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ComparisonColumn column { entries[i].name, {}, i < colors.size() ? colors[i] : QColor() };
        for (const ComparedRun& run : entries[i].members) {
            column.runs.push_back(run.overview->run.id);
        }
        comparison.columns.push_back(std::move(column));
    }
    comparison.settings = choose(settingRows(entries), choice);
    comparison.nested = choice.all || comparison.settings.rows.size() > kInOneList;
    comparison.outcomes = outcomeRows(entries);
    comparison.warnings = comparisonWarnings(entries);
    if (entries.size() > 1) {
        comparison.verdict = verdictOn(entries, strongestOther(entries));
    }
    return comparison;
}

std::vector<ParameterDifference> parameterDifferences(const std::vector<const RunDetail*>& runs)
{
    std::vector<ComparedEntry> entries;
    for (const RunDetail* const run : runs) {
        ComparedRun compared;
        compared.overview = &run->overview;
        compared.parameters = &run->parameters;
        entries.push_back(entryOf(compared));
    }
    std::vector<ParameterDifference> differences;
    for (const SettingRow& row : choose(settingRows(entries), {}).rows) {
        ParameterDifference difference { row.key, {} };
        for (const SettingCell& cell : row.cells) {
            difference.values.push_back(cell.value);
        }
        differences.push_back(std::move(difference));
    }
    return differences;
}

bool areOfOtherTexts(const RunDetail& before, const RunDetail& after)
{
    ComparedRun one, other;
    one.overview = &before.overview;
    one.parameters = &before.parameters;
    other.overview = &after.overview;
    other.parameters = &after.parameters;
    return hasOtherText(one, other);
}

std::optional<LossAtSameBatch> lossAtSameBatch(const RunDetail& before, const RunDetail& after)
{
    const RunSeries* const one = before.find("loss");
    const RunSeries* const other = after.find("loss");
    if (!one || !other || areOfOtherTexts(before, after)) {
        return std::nullopt;
    }
    LossAtSameBatch result;
    result.batch = std::min(one->batch(one->size() - 1), other->batch(other->size() - 1));
    const auto mean = [&result](const RunSeries& series) {
        const std::size_t i = series.lastAtOrBefore(result.batch, {});
        if (i == series.size() || series.batch(i) <= result.batch - static_cast<double>(kMeanOf)) {
            return std::nan("");
        }
        const auto batch = [&series](std::size_t k) { return series.batch(k); };
        return series.mean(storage::firstOfLast(i + 1, kMeanOf, batch), i + 1);
    };
    result.before = mean(*one);
    result.after = mean(*other);
    if (!std::isfinite(result.before) || !std::isfinite(result.after) || result.before == 0) {
        return std::nullopt;
    }
    return result;
}

} // namespace nabiz::ui
