// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoints of the current run, the newest first: which is the best, how large, their folder, and a run that
// starts from one. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/watch/watch_fold.h"
#include "ui/requests/start_request.h"

namespace nabiz::ui {

class RunCatalog;

class CheckpointsCard : public WatchFold {
    Q_OBJECT
public:
    explicit CheckpointsCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    // Hidden for a run without any.
    void showRun(storage::RunId run);

Q_SIGNALS:
    void changeRequested(qint64 run, const nabiz::ui::Changes& changes, bool starts);
    void folderRequested(const QString& folder);

private:
    void fill();
    void addRow(const storage::Checkpoint& checkpoint, bool isBest);

    const RunCatalog& m_catalog;
    storage::RunId m_run = 0;
    QWidget* m_rows = nullptr;
    std::vector<std::pair<std::int64_t, std::string>> m_shown; // what the rows were made of
};

} // namespace nabiz::ui
