// SPDX-License-Identifier: GPL-3.0-or-later
// What was understood of a page that was pasted, before anything is stored.
// Values; GUI thread.
#pragma once

#include "trainer/base/message.h"

#include <QString>
#include <vector>

namespace nabiz::ui {

struct ReferenceLine {
    int number = 0;
    QString text;
    bool isUnderstood = false;
    bool isWords = false; // without a figure
    std::vector<trainer::Message> said; // what was taken, or why it was not
};

struct ReferencePreview {
    QString page; // the text that this is about
    QString name; // its title
    int points = 0, settings = 0, memory = 0;
    std::vector<ReferenceLine> lines; // of a long page the first ones, what was not understood before what was
    int moreLines = 0; // that are not among them
    trainer::Message failure; // why it is no page at all

    bool isEmpty() const { return points + settings + memory == 0; }
};

} // namespace nabiz::ui
