// SPDX-License-Identifier: GPL-3.0-or-later
// The two cards of Watch that open on demand: a run's facts (what was applied otherwise than declared, machine,
// versions, data, command) and its log. Filled only while open. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/watch/watch_fold.h"

#include <optional>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace nabiz::ui {

class RunCatalog;
class WatchChanged;
class WatchTable;
class WrappedText;

class FactsCard : public WatchFold {
    Q_OBJECT
public:
    explicit FactsCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    void showRun(storage::RunId run);

private:
    void fill();
    void copyCommand();

    const RunCatalog& m_catalog;
    storage::RunId m_run = 0;
    WatchChanged* m_changed;
    QLabel* m_appliedTitle;
    WrappedText* m_applied;
    WrappedText* m_command;
    QPushButton* m_copy;
    WatchTable* m_table;
};

class LogCard : public WatchFold {
    Q_OBJECT
public:
    explicit LogCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    void showRun(storage::RunId run);
    // Opens, and marks the line of that place in the run's events.
    void showLineOf(std::size_t event);

private:
    void fill();
    void markLine();

    const RunCatalog& m_catalog;
    storage::RunId m_run = 0;
    std::vector<std::size_t> m_events; // of each line: the newest, or those about a chosen one
    std::optional<std::size_t> m_chosen;
    QPlainTextEdit* m_text;
};

} // namespace nabiz::ui
