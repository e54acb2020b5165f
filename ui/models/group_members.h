// SPDX-License-Identifier: GPL-3.0-or-later
// The runs that were ordered together, such as those of a grid.
// GUI thread.
#pragma once

#include <QList>
#include <string>

namespace nabiz::ui {

class RunCatalog;

// The oldest first; none for no group.
QList<qint64> runsOfGroup(const RunCatalog& catalog, const std::string& group);

} // namespace nabiz::ui
