// SPDX-License-Identifier: GPL-3.0-or-later
// The results of a comparison in the window's words: a row's name, a cell's value, where it was, and its change.
// GUI thread.
#pragma once

#include "ui/analysis/outcomes.h"

#include <QString>

namespace nabiz::ui {

QString outcomeName(const OutcomeRow& row);
// What the name means, where it does not say so itself; else empty.
QString outcomeHelp(const OutcomeRow& row);

struct OutcomeText {
    QString value;
    QString place; // "at 400", of a group "± 0.02"
    QString change; // from the baseline: −3.6 %, 2.2 × sooner
    int better = 0; // 1 better than the baseline, −1 worse
};
OutcomeText outcomeText(const OutcomeRow& row, std::size_t column);

// 2.2 × sooner, 1.3 × later; empty for 0 and where it is the same.
QString soonerText(double times);
QString signedPercent(double share);

} // namespace nabiz::ui
