// SPDX-License-Identifier: GPL-3.0-or-later
// Which report is wanted.
// A value; GUI thread.
#pragma once

#include "ui/models/compare_look.h"
#include "ui/models/panel_layout.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace nabiz::ui {

struct ReportRequest {
    QList<qint64> runs; // the first is the baseline
    QString language; // "en", "tr"
    QStringList sections; // as the command line calls them; what is not here is left out
    QString title; // a person's own; empty = made of the runs
    std::vector<PanelLayout> panels; // whose charts stand among the others
    CompareLook look; // of several runs; its own `runs` count for nothing
};

} // namespace nabiz::ui
