// SPDX-License-Identifier: GPL-3.0-or-later
// What a run's facts begin with: what changed since the runs before it, and the difference of the folder that it
// follows. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QWidget>

class QLabel;

namespace nabiz::ui {

class RunCatalog;
class WrappedText;

class WatchChanged : public QWidget {
    Q_OBJECT
public:
    explicit WatchChanged(const RunCatalog& catalog, QWidget* parent = nullptr);
    void showRun(storage::RunId run);

private:
    const RunCatalog& m_catalog;
    QLabel* m_title;
    WrappedText* m_text;
};

} // namespace nabiz::ui
