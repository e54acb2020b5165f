// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/x_scale.h"

#include "storage/records/run_clock.h"
#include "trainer/base/plain_number.h"
#include "ui/models/run_catalog.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace nabiz::ui {
namespace {

std::optional<double> fact(const storage::Run& run, const char* key)
{
    const auto found = run.facts.find(key);
    return found == run.facts.end() ? std::nullopt : trainer::finiteNumber(found->second);
}

// What the sampler draws from: whole lines, or windows laid edge to edge from a place drawn anew for each epoch, which
// costs one window where it does not fit behind the last. A mean, hence, and exact for lines.
double batchesPerEpoch(const RunDetail& detail)
{
    const double size = trainer::finiteNumber(detail.parameter("training.batch_size")).value_or(0);
    if (size < 1) {
        return 0;
    }
    if (detail.parameter("data.sampling") == "line") {
        return std::max(0.0, fact(detail.overview.run, "data.training_lines").value_or(0)) / size;
    }
    const double length = trainer::finiteNumber(detail.parameter("model.max_seq_len")).value_or(0);
    const double bytes = fact(detail.overview.run, "data.training_bytes").value_or(0);
    return length >= 1 && bytes >= length ? std::max(1.0, (bytes + 1) / length - 1) / size : 0;
}

// A pause by its two ends on the clock, which lie in one stretch. None where what it paused was superseded.
std::optional<TimeBreak> pauseOf(const storage::RunClock& clock, double began, double ended)
{
    std::size_t i = clock.stretches.size() - 1;
    while (i > 0 && clock.stretches[i].began > began) {
        --i;
    }
    const double at = began - clock.stretches[i].zero();
    const bool isSuperseded = i + 1 < clock.stretches.size() && at > clock.stretches[i + 1].from;
    const double seconds = ended - began;
    return isSuperseded || seconds <= 0 ? std::nullopt : std::optional(TimeBreak { at, seconds, seconds });
}

// Runs of older versions did not note their pauses, which then count as training.
std::vector<TimeBreak> breaksOf(const RunDetail& detail, const storage::RunClock& clock)
{
    std::vector<TimeBreak> breaks;
    for (std::size_t i = 1; i < clock.stretches.size(); ++i) {
        const auto& stretch = clock.stretches[i];
        breaks.push_back({ stretch.from, 0, stretch.zero() - clock.stretches[i - 1].zero() });
    }
    const storage::Event* open = nullptr;
    for (const storage::Event& event : detail.events) {
        if (event.kind == "pause") {
            open = open ? open : &event;
        } else if (event.kind == "resume" && open) {
            const auto pause
                = pauseOf(clock, static_cast<double>(open->time) / 1000, static_cast<double>(event.time) / 1000);
            if (pause) {
                breaks.push_back(*pause);
            }
            open = nullptr;
        }
    }
    std::ranges::stable_sort(breaks, {}, &TimeBreak::at);
    const auto overlaps
        = [](const TimeBreak& before, const TimeBreak& after) { return after.at < before.at + before.recorded; };
    for (std::size_t i = 1; i < breaks.size();) {
        if (overlaps(breaks[i - 1], breaks[i])) {
            breaks.erase(breaks.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    return breaks;
}

} // namespace

XUnit unitOfNumber(int number)
{
    return number < 0 || number > static_cast<int>(XUnit::WallTime) ? XUnit::Batch : static_cast<XUnit>(number);
}

bool isTime(XUnit unit)
{
    return unit == XUnit::Time || unit == XUnit::TimeWithPauses || unit == XUnit::WallTime;
}

double XScale::x(double batch, double time) const
{
    switch (unit) {
    case XUnit::Batch:
        return batch;
    case XUnit::Step:
        return batch / std::max(batchesPerStep, 1.0);
    case XUnit::Epoch:
        return batchesPerEpoch > 0 ? batch / batchesPerEpoch : batch;
    default:
        break;
    }
    double result = unit == XUnit::WallTime ? time + zero : time;
    for (const TimeBreak& rest : breaks) {
        if (time <= rest.at) {
            break;
        }
        const double passed = std::min(time - rest.at, rest.recorded);
        result += unit == XUnit::Time ? -passed : rest.seconds - rest.recorded;
    }
    return result;
}

bool XScale::knows(XUnit asked) const
{
    switch (asked) {
    case XUnit::Epoch:
        return batchesPerEpoch > 0;
    case XUnit::WallTime:
        return zero > 0;
    default:
        return true;
    }
}

XScale xScaleOf(const RunDetail& detail, XUnit unit)
{
    XScale scale;
    scale.batchesPerStep = detail.accumulation();
    scale.batchesPerEpoch = batchesPerEpoch(detail);
    const storage::Run& run = detail.overview.run;
    const auto clock = storage::clockOf(run);
    scale.zero = clock.at(0);
    scale.breaks = breaksOf(detail, clock);
    scale.unit = unit;
    return scale;
}

std::vector<XUnit> xUnitsOf(const std::vector<const RunDetail*>& runs)
{
    std::vector<XUnit> units;
    for (const XUnit unit :
        { XUnit::Batch, XUnit::Step, XUnit::Epoch, XUnit::Time, XUnit::TimeWithPauses, XUnit::WallTime }) {
        const bool always = unit == XUnit::Batch || unit == XUnit::Time;
        if (always || std::any_of(runs.begin(), runs.end(), [unit](const RunDetail* detail) {
                if (!detail) {
                    return false;
                }
                const XScale scale = xScaleOf(*detail, unit);
                switch (unit) {
                case XUnit::Step: // else the same as batches
                    return scale.batchesPerStep > 1;
                case XUnit::TimeWithPauses:
                    return !scale.breaks.empty();
                default:
                    return scale.knows(unit);
                }
            })) {
            units.push_back(unit);
        }
    }
    return units;
}

} // namespace nabiz::ui
