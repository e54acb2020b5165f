// SPDX-License-Identifier: GPL-3.0-or-later
// What other programs' stores at some paths hold, before anything is stored.
// Values; GUI thread.
#pragma once

#include "trainer/base/message.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace nabiz::ui {

struct FoundRun {
    QString name, source, path;
    qint64 points = 0;
    int metrics = 0;
};

struct ImportPreview {
    QStringList paths; // that this is about
    std::vector<FoundRun> runs;
    std::vector<FoundRun> skipped; // `name` says why
    trainer::Message failure;
};

} // namespace nabiz::ui
