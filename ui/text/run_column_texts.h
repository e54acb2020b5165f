// SPDX-License-Identifier: GPL-3.0-or-later
// The run table's words: titles with units, what a column tells, and values in the shape that is compared down a
// column. GUI thread.
#pragma once

#include "storage/records/run_fields.h"

#include <QString>

namespace nabiz::ui {

QString fieldTitle(storage::RunField field);
QString fieldHelp(storage::RunField field);
// 0.31, with the unit (GB, 10⁹ bytes) in the title.
QString gigabytesText(double bytes);
// 0:08, 1:05, 2:03:04.
QString clockText(double seconds);
// 24 Nov 15:04; with its year where that is another.
QString momentText(qint64 milliseconds);

} // namespace nabiz::ui
