// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare compares and how it shows it, for a report that is to show the same.
// A value; GUI thread.
#pragma once

#include "ui/models/x_scale.h"

#include <QColor>
#include <QList>
#include <QString>
#include <map>
#include <optional>

namespace nabiz::ui {

struct CompareLook {
    QList<qint64> runs; // the first is the baseline
    QString metric; // of the chart; empty = the loss
    XUnit xUnit = XUnit::Batch;
    std::optional<bool> logY; // none = as the losses want it
    bool grouped = true; // runs that differ only in their seed are one column
    std::map<qint64, QColor> colors; // on paper, by the first run of a column; others have their usual one
};

} // namespace nabiz::ui
