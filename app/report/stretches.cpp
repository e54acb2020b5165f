// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/stretches.h"

#include "storage/records/run_clock.h"

namespace nabiz::app {

namespace {

// The stretch of the clock that was under way when a segment had its first points.
std::size_t stretchAt(const storage::RunClock& clock, double seconds)
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < clock.stretches.size(); ++i) {
        if (clock.stretches[i].began <= seconds)
            found = i;
    }
    return found;
}

} // namespace

std::vector<Stretch> laterStretches(const ReportRun& run)
{
    std::vector<Stretch> later;
    const storage::RunClock clock = storage::clockOf(run.overview.run);
    for (std::size_t i = 1; i < run.segments.size(); ++i) {
        const storage::Segment& segment = run.segments[i];
        Stretch stretch { .firstBatch = segment.firstBatch, .began = segment.started };
        const std::size_t now = stretchAt(clock, static_cast<double>(segment.started) / 1000);
        if (now > 0)
            stretch.stoodStill = clock.stretches[now].zero() - clock.stretches[now - 1].zero();
        for (const storage::Event& event : run.events) {
            const bool isOfThis = event.time > run.segments[i - 1].started && event.time <= segment.started;
            if (event.kind == "change" && isOfThis && event.arguments.size() == 3)
                stretch.changes.push_back({ event.arguments[0], event.arguments[1], event.arguments[2] });
        }
        later.push_back(std::move(stretch));
    }
    return later;
}

} // namespace nabiz::app
