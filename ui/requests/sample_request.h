// SPDX-License-Identifier: GPL-3.0-or-later
// A text that a run which has ended is to write from its checkpoint.
// A value; any thread.
#pragma once

#include <QString>

namespace nabiz::ui {

// As a run writes by itself.
inline constexpr int kSampleLength = 160;
inline constexpr double kSampleTemperature = 0.8;

struct SampleRequest {
    qint64 run = 0;
    QString prompt; // empty: the run's own
    int length = kSampleLength; // characters
    double temperature = kSampleTemperature;
};

} // namespace nabiz::ui
