// SPDX-License-Identifier: GPL-3.0-or-later
// The cards at the right of Watch that tell of the current run: what changed from the run it was made from, and what it
// wrote, the newest in sight. Each reads the catalogue when told to. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/watch/watch_fold.h"

class QLabel;
class QPushButton;

namespace nabiz::ui {

class RunCatalog;

class ChangeCard : public Card {
    Q_OBJECT
public:
    explicit ChangeCard(RunCatalog& catalog, QWidget* parent = nullptr);
    // Hidden for a run that was made from none.
    void showRun(storage::RunId run);

private:
    RunCatalog& m_catalog;
    QLabel* m_settings;
    QLabel* m_effect;
};

class SampleCard : public Card {
    Q_OBJECT
public:
    explicit SampleCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    // `canSample`: it trains, and writes a text when it is asked. One that has ended does from its checkpoint.
    void showRun(storage::RunId run, bool canSample);

Q_SIGNALS:
    void sampleRequested();

private:
    void addText(QVBoxLayout& to, const storage::Event& sample, bool isNewest);

    const RunCatalog& m_catalog;
    QPushButton* m_button;
    QLabel* m_empty;
    QVBoxLayout* m_newest;
    WatchFold* m_older;
    std::size_t m_count = 0;
    storage::RunId m_run = 0;
};

} // namespace nabiz::ui
