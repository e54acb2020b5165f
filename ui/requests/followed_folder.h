// SPDX-License-Identifier: GPL-3.0-or-later
// A folder whose runs of other programs are taken in while they grow, and what has come of it.
// Values; GUI thread.
#pragma once

#include <QList>
#include <QString>

namespace nabiz::ui {

struct FollowedFolder {
    QString path;
    int runs = 0; // seen since it is followed
    QString trouble; // why nothing of it can be read; empty otherwise
};

using FollowedFolders = QList<FollowedFolder>;

} // namespace nabiz::ui
