// SPDX-License-Identifier: GPL-3.0-or-later
// What is computed from series to compare them, kept as long as they are: means of the last batches with where they
// were lowest, and the mean curve of a group of seeds. Each point is taken once, however often the page asks. GUI
// thread.
#pragma once

#include "ui/analysis/compared_run.h"
#include "ui/analysis/mean_curve.h"
#include "ui/models/run_series.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::ui {

struct RunDetail;

// Whether a metric jumps from batch to batch, so that a mean of its last 20 says more than a point.
bool isNoisy(const std::string& metric);

// Whether the run has at least one finite value of the metric, all of its points loaded: else it has no part in a mean.
bool hasValues(const RunDetail& run, const std::string& metric);

// The mean of the members' curves, and what each of them is, at the batches that all have.
struct GroupCurve {
    const RunSeries* mean = nullptr;
    std::vector<const RunSeries*> members;
};

class ComparedSeries {
public:
    ComparedSeries();
    ~ComparedSeries();

    // Pointers of what is returned hold until the catalogue or endRound() takes their series away.
    ComparedRun run(const RunDetail& detail);
    // Of a group, the mean of its training losses is there only where there is no validation loss to go by.
    using NamedRuns = std::pair<std::string, std::vector<const RunDetail*>>;
    std::vector<ComparedEntry> entries(const std::vector<NamedRuns>& groups);
    // Empty pointers where a member lacks the metric, or not all of its points are loaded.
    GroupCurve group(const std::string& metric, const std::vector<const RunDetail*>& members);

    // What is not asked for between the two may be dropped: the oldest first, and no more than is needed.
    void beginRound();
    void endRound();

private:
    struct Track;
    struct Group;
    LossSeries track(const RunSeries* series, std::size_t meanOf);
    LossSeries groupLoss(const std::string& metric, const std::vector<const RunDetail*>& members, std::size_t meanOf);

    unsigned m_round = 0;
    std::map<std::uint64_t, std::unique_ptr<Track>> m_tracks; // by series
    std::map<std::vector<std::uint64_t>, std::unique_ptr<Group>> m_groups; // by their series
};

} // namespace nabiz::ui
