// SPDX-License-Identifier: GPL-3.0-or-later
// Where an axis is marked, and with what: steps of 1, 2 or 5, never more marks than there is room for, and always some,
// also inside one decade of a log axis. Labels are for people, in the given locale. Pure; any thread.
#pragma once

#include <QLocale>
#include <QString>
#include <vector>

namespace nabiz::ui {

struct Tick {
    double position = 0; // in units of the axis: on a log axis the decimal logarithm
    QString label;
};

std::vector<Tick> linearTicks(double low, double high, int most, const QLocale& locale);
// `low` and `high` are decimal logarithms.
std::vector<Tick> logTicks(double low, double high, int most, const QLocale& locale);
// Seconds, marked at whole minutes, hours or days once the axis is long enough.
std::vector<Tick> timeTicks(double low, double high, int most, const QLocale& locale);
// Seconds since 1970, marked at round times of the local day, or at days.
std::vector<Tick> wallTicks(double low, double high, int most, const QLocale& locale);

} // namespace nabiz::ui
