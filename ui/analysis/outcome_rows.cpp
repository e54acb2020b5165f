// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/outcome_rows.h"

#include "ui/analysis/welch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabiz::ui {
namespace {

constexpr double kMemoryRoom = 1.05; // a process takes a few per cent more or less each time
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

OutcomeValue meanOfRuns(const ComparedEntry& entry, const ReadFigure& read)
{
    std::vector<double> values;
    for (const ComparedRun& run : entry.members) {
        values.push_back(read(run).value_or(kNone));
    }
    OutcomeValue result;
    if (entry.members.size() == 1) {
        result.value = read(entry.members.front()); // a NaN is shown as one
    } else if (const auto mean = meanAndDeviation(values)) {
        result.value = mean->mean;
        result.spread = mean->deviation;
    }
    return result;
}

// None where a mean's last point lies further before `batch` than it looks back.
std::optional<double> lossAt(const LossSeries& series, std::size_t i, std::optional<double> batch)
{
    const std::size_t k = series.track->meanOf();
    if (i >= series.points->size() || (batch && k > 1 && series.points->batch(i) <= *batch - static_cast<double>(k))) {
        return std::nullopt;
    }
    return finite(series.track->mean(*series.points, i));
}

// The largest x that all have a loss at: at the end of the shortest.
OutcomeRow equalRow(const std::vector<ComparedEntry>& entries, LossBasis basis, bool byTime)
{
    OutcomeRow row { byTime ? Outcome::AtEqualTime : Outcome::AtEqualBatch, OutcomeKind::Loss, 0, basis, {}, {} };
    row.at = std::numeric_limits<double>::infinity();
    for (const ComparedEntry& entry : entries) {
        const LossSeries& series = lossSeries(entry, basis);
        const std::size_t size = series ? series.points->size() : 0;
        row.at = size == 0 ? -1
                           : std::min(row.at, byTime ? series.points->time(size - 1) : series.points->batch(size - 1));
    }
    for (const ComparedEntry& entry : entries) {
        const LossSeries& series = lossSeries(entry, basis);
        OutcomeValue value;
        if (series && (byTime ? row.at > 0 : row.at >= 0)) { // a page gives no times
            value.value = byTime ? lossAt(series, lastAtTime(*series.points, row.at), std::nullopt)
                                 : lossAt(series, lastAtBatch(*series.points, row.at), row.at);
        }
        row.values.push_back(value);
    }
    return row;
}

// Index of the first point above `limit`; size() when none is.
std::size_t firstAbove(const Points& points, double limit)
{
    std::size_t i = 0;
    while (i < points.size() && !(points.value(i) > limit)) {
        ++i;
    }
    return i;
}

std::optional<double> lossWithin(const ComparedRun& run, LossBasis basis, double limit)
{
    const LossSeries& series = lossSeries(run, basis);
    if (!series || !run.memory) {
        return std::nullopt;
    }
    std::size_t last = series.points->size() - 1;
    const std::optional<double>& peak = run.overview->summary.peakBytes;
    if (!peak || *peak > limit) {
        const std::size_t above = firstAbove(*run.memory, limit);
        if (above < run.memory->size()) {
            last = lastAtBatch(*series.points, run.memory->batch(above) - 1);
        }
    }
    return last < series.points->size() ? finite(series.track->mean(*series.points, last)) : std::nullopt;
}

OutcomeRow memoryRow(const std::vector<ComparedEntry>& entries, LossBasis basis)
{
    double smallest = std::numeric_limits<double>::infinity();
    for (const ComparedEntry& entry : entries) {
        for (const ComparedRun& run : entry.members) {
            smallest = std::min(smallest, run.overview->summary.peakBytes.value_or(smallest));
        }
    }
    OutcomeRow row = rowOf(Outcome::AtEqualMemory, OutcomeKind::Loss, entries,
        [&](const ComparedRun& run) { return lossWithin(run, basis, smallest * kMemoryRoom); });
    for (std::size_t i = 0; i < entries.size(); ++i) { // of a group all, or it is another mean
        const bool all = std::all_of(entries[i].members.begin(), entries[i].members.end(),
            [&](const ComparedRun& run) { return lossWithin(run, basis, smallest * kMemoryRoom).has_value(); });
        row.values[i] = all ? row.values[i] : OutcomeValue();
    }
    row.at = smallest;
    row.basis = basis;
    return row;
}

} // namespace

std::optional<double> finite(const std::optional<double>& value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

OutcomeRow rowOf(Outcome outcome, OutcomeKind kind, const std::vector<ComparedEntry>& entries, const ReadFigure& read)
{
    OutcomeRow row { outcome, kind };
    for (const ComparedEntry& entry : entries) {
        row.values.push_back(meanOfRuns(entry, read));
    }
    return row;
}

std::vector<OutcomeRow> equalFootingRows(const std::vector<ComparedEntry>& entries, LossBasis basis)
{
    return { equalRow(entries, basis, false), equalRow(entries, basis, true), memoryRow(entries, basis) };
}

} // namespace nabiz::ui
