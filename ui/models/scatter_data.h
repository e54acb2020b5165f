// SPDX-License-Identifier: GPL-3.0-or-later
// One parameter of many runs against one figure of theirs: a point a run. A parameter that is not a number in some run
// has its texts as categories. GUI thread (reads the catalogue).
#pragma once

#include "storage/records/run_fields.h"

#include <QString>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

struct ScatterAxis {
    std::vector<QString> categories; // empty = numbers; else x is an index of these
    double low = 0, high = 1;
    bool allPositive = false; // may be logarithmic
    bool isCategorical() const { return !categories.empty(); }
};

struct ScatterPoint {
    storage::RunId run = 0;
    double x = 0, y = 0;
};

struct ScatterData {
    ScatterAxis x, y;
    std::vector<ScatterPoint> points; // by x, then y
    std::size_t withoutX = 0, withoutY = 0; // runs that have none, or one that is not finite
};

// `parameter` is a place in RunParameters::keys().
ScatterData scatterOf(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, std::size_t parameter,
    storage::RunField figure);

// Figures that a scatter may show: those with a number that came out of the run.
std::vector<storage::RunField> scatterFigures();

} // namespace nabiz::ui
