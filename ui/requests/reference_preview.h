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

// What stands over a column of a table in the page, and where: a person may say what it is.
struct TableHead {
    int line = 0; // from 1
    int begin = 0, length = 0; // in the line
    QString text;
};

struct ReferencePreview {
    QString page; // the text that this is about
    QString name; // its title
    int points = 0, settings = 0, memory = 0;
    std::vector<ReferenceLine> lines; // of a long page the first ones, what was not understood before what was
    int moreLines = 0; // that are not among them
    std::vector<TableHead> heads;
    trainer::Message failure; // why it is no page at all

    bool isEmpty() const { return points + settings + memory == 0; }
};

} // namespace nabiz::ui
