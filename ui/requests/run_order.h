// SPDX-License-Identifier: GPL-3.0-or-later
// What the run that trains is told, and what is done with those that wait, as values.
// Any thread.
#pragma once

#include <QtGlobal>

namespace nabiz::ui {

enum class RunOrder { Pause, Resume, Stop, Checkpoint, Sample };

struct QueueOrder {
    enum class Kind { Serve, Hold, Move, Remove }; // out of the queue is into the trash

    Kind kind = Kind::Serve;
    qint64 run = 0; // to be moved, or removed
    int position = 0; // to which it is moved

    bool operator==(const QueueOrder&) const = default;
};

} // namespace nabiz::ui
