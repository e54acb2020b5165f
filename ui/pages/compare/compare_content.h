// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare shows of which runs: its columns, single runs or groups that differ only in their seed, and the chart of
// one metric over all of them. Reads the catalogue, draws nothing. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/models/comparison.h"

#include <functional>
#include <string>
#include <vector>

namespace nabiz::ui {

class ComparedSeries;
class RunCatalog;
struct RunDetail;

// A run's detail; nullptr for one that is not loaded.
using RunLookup = std::function<const RunDetail*(storage::RunId)>;
RunLookup lookupIn(const RunCatalog& catalog);

struct CompareOptions {
    std::string metric = "loss";
    XUnit xUnit = XUnit::Batch;
    bool logY = true;
    bool grouped = true; // runs that differ only in their seed are one column and one curve
};

// In the order given; the first run is the baseline, and its column, in the colour of the text, the first. Runs that
// are not loaded are left out.
std::vector<ComparisonColumn> compareColumns(
    const RunLookup& find, const std::vector<storage::RunId>& runs, bool grouped);
bool hasGroups(const std::vector<ComparisonColumn>& columns);
std::vector<ComparedEntry> compareEntriesOf(
    const RunLookup& find, ComparedSeries& series, const std::vector<ComparisonColumn>& columns);
PlotContent compareContent(const RunLookup& find, ComparedSeries& series, const std::vector<ComparisonColumn>& columns,
    const CompareOptions& options);
// Metrics that any of the runs has, in the table's order, imported ones behind.
std::vector<std::string> commonMetrics(const RunCatalog& catalog, const std::vector<storage::RunId>& runs);
// The validation loss where it says something of two runs, else the loss; of runs that have neither, what is called a
// loss, else their first.
std::string usualMetric(const RunCatalog& catalog, const std::vector<storage::RunId>& runs);

} // namespace nabiz::ui
