// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/memory_figures.h"
#include "app/report/observations.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

using ui::RunSeries;

struct Window {
    std::int64_t first = 0, last = 0; // batches
    double median = 0;
};

std::int64_t batchOf(const RunSeries& series, std::size_t i)
{
    return std::llround(series.batch(i));
}

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

std::vector<std::size_t> finiteSamples(const RunSeries& loss)
{
    std::vector<std::size_t> samples;
    samples.reserve(loss.size());
    for (std::size_t i = 0; i < loss.size(); ++i) {
        if (std::isfinite(loss.value(i)))
            samples.push_back(i);
    }
    return samples;
}

std::vector<Window> windowsOf(const RunSeries& loss)
{
    const auto samples = finiteSamples(loss);
    std::vector<Window> windows;
    if (samples.size() < rules::kFewest)
        return windows;
    for (std::size_t i = 0; i < rules::kWindows; ++i) {
        const auto first = i * samples.size() / rules::kWindows;
        const auto last = (i + 1) * samples.size() / rules::kWindows;
        // Between them only losses that are not finite, which medianOf leaves out.
        windows.push_back({ batchOf(loss, samples[first]), batchOf(loss, samples[last - 1]),
            medianOf(loss, samples[first], samples[last - 1] + 1).value_or(0) });
    }
    return windows;
}

bool isNear(double value, double other)
{
    return std::abs(value - other) <= rules::kNear * std::abs(other);
}

void trend(const std::vector<Window>& windows, const ReportText& text, std::vector<std::string>& said)
{
    const Window& last = windows.back();
    const Window& before = windows[windows.size() - 1 - rules::kLookBack];
    const std::vector<std::string> ends { text.number(before.median), number(before.first), number(before.last),
        text.number(last.median), number(last.first), number(last.last) };
    const auto say = [&](const char* key, double change) {
        said.push_back(text(key, { ends[0], ends[1], ends[2], ends[3], ends[4], ends[5], text.percent(change) }));
    };
    if (isNear(before.median, last.median)) {
        auto flat = windows.size() - 1;
        while (flat > 0 && isNear(windows[flat - 1].median, last.median))
            --flat;
        if (flat + rules::kLookBack < windows.size())
            said.push_back(text("observation.flat",
                { number(windows[flat].first), text.number(last.median), text.percent(rules::kNear) }));
        else
            said.push_back(text("observation.wavers",
                { ends[0], ends[1], ends[2], ends[3], ends[4], ends[5], text.percent(rules::kNear) }));
        return;
    }
    const double change = before.median == 0 ? 0 : std::abs(last.median / before.median - 1);
    say(last.median < before.median ? "observation.falling" : "observation.rising", change);
}

void rebound(const std::vector<Window>& windows, const ReportText& text, std::vector<std::string>& said)
{
    const auto lowest = std::min_element(
        windows.begin(), windows.end(), [](const auto& a, const auto& b) { return a.median < b.median; });
    if (lowest->median > 0 && windows.back().median > rules::kRebound * lowest->median)
        said.push_back(text("observation.rebound",
            { text.number(windows.back().median), text.number(lowest->median), number(lowest->first),
                number(lowest->last) }));
}

double deviation(const RunSeries& loss, std::size_t first, std::size_t last, double median)
{
    std::vector<double> distances;
    for (std::size_t i = first; i < last; ++i) {
        if (std::isfinite(loss.value(i)))
            distances.push_back(std::abs(loss.value(i) - median));
    }
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return *middle;
}

void spikes(const RunSeries& loss, const ReportText& text, std::vector<std::string>& said)
{
    std::int64_t count = 0;
    std::size_t highest = 0;
    double highestTimes = 0;
    for (std::size_t block = rules::kSpikeBefore; block < loss.size(); block += rules::kSpikeBlock) {
        const auto before = block - rules::kSpikeBefore;
        const auto median = medianOf(loss, before, block);
        if (!median || *median <= 0)
            continue;
        const double limit = std::max(
            rules::kSpikeTimes * *median, *median + rules::kSpikeDeviations * deviation(loss, before, block, *median));
        for (auto i = block; i < std::min(block + rules::kSpikeBlock, loss.size()); ++i) {
            const double value = loss.value(i);
            if (!std::isfinite(value) || value <= limit)
                continue;
            ++count;
            if (value / *median > highestTimes) {
                highestTimes = value / *median;
                highest = i;
            }
        }
    }
    if (count == 0)
        said.push_back(text("observation.no_spikes"));
    else
        said.push_back(text(count == 1 ? "observation.spike" : "observation.spikes",
            { number(count), text.number(loss.value(highest)), number(batchOf(loss, highest)),
                text.number(highestTimes) }));
}

void notFinite(const RunSeries& loss, const ReportText& text, std::vector<std::string>& said)
{
    std::int64_t count = 0;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < loss.size(); ++i) {
        if (std::isfinite(loss.value(i)))
            continue;
        if (count++ == 0)
            first = batchOf(loss, i);
    }
    if (count > 0)
        said.push_back(text(
            count == 1 ? "observation.not_finite_one" : "observation.not_finite", { number(count), number(first) }));
}

void validation(const RunSeries& loss, const ReportText& text, std::vector<std::string>& said)
{
    std::size_t best = loss.size();
    for (std::size_t i = 0; i < loss.size(); ++i) {
        if (std::isfinite(loss.value(i)) && (best == loss.size() || loss.value(i) < loss.value(best)))
            best = i;
    }
    if (best + 2 >= loss.size())
        return;
    const double last = loss.value(loss.size() - 1);
    if (last > loss.value(best) * (1 + rules::kWorse) && loss.value(best) > 0)
        said.push_back(text("observation.validation_worse",
            { number(batchOf(loss, best)), text.number(loss.value(best)), text.number(last),
                text.percent(last / loss.value(best) - 1) }));
}

} // namespace

std::vector<std::string> observeLoss(const ReportRun& run, const ReportText& text)
{
    std::vector<std::string> said;
    if (const auto* loss = run.find("loss")) {
        notFinite(*loss, text, said);
        const auto windows = windowsOf(*loss);
        if (!windows.empty() && run.overview.run.status != storage::RunStatus::Reference) {
            trend(windows, text, said);
            rebound(windows, text, said);
            spikes(*loss, text, said);
        }
    }
    if (const auto* loss = run.find("val.loss"))
        validation(*loss, text, said);
    return said;
}

} // namespace nabiz::app
