// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare's chart shows: one metric of several runs over each other. Reads the catalogue, draws nothing. GUI
// thread.
#pragma once

#include "storage/records.h"
#include "ui/charts/plot_content.h"

#include <set>
#include <string>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

struct CompareOptions {
    std::string metric = "loss";
    XUnit xUnit = XUnit::Batch;
    bool logY = true;
    std::set<storage::RunId> hidden;
};

// The first run is the baseline, in the colour of the text.
PlotContent compareContent(
    const RunCatalog& catalog, const std::vector<storage::RunId>& runs, const CompareOptions& options);
// Metrics that any of the runs has, in the table's order, imported ones behind.
std::vector<std::string> commonMetrics(const RunCatalog& catalog, const std::vector<storage::RunId>& runs);
QColor compareColor(storage::RunId run, bool isBaseline);

} // namespace nabiz::ui
