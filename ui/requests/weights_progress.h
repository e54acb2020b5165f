// SPDX-License-Identifier: GPL-3.0-or-later
// How the download of a language model gets on, and how it ended: from what fetches it to Configure.
// A value; GUI thread.
#pragma once

#include <QString>

namespace nabiz::ui {

struct WeightsProgress {
    QString model; // Qwen/Qwen3-0.6B
    qint64 done = 0; // bytes
    qint64 total = 0; // 0 = not known yet
    double bytesPerSecond = 0; // 0 = not known yet
    double secondsLeft = 0;
    QString said; // what is waited for; empty when nothing is
};

struct WeightsEnd {
    QString model;
    QString failure; // a sentence; empty when the weights are there, or the user has stopped it
    bool isThere = false;
    QString licence; // empty where none is known
};

} // namespace nabiz::ui
