// SPDX-License-Identifier: GPL-3.0-or-later
// Runs: all runs as a table that is filtered, sorted, grouped and edited, and the trash behind it. It asks for what
// must be done by signal. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"

#include <memory>
#include <vector>

namespace nabiz::ui {

class CheckedRuns;
class RunCatalog;

class RunsPage : public PageWidget {
    Q_OBJECT
public:
    RunsPage(RunCatalog& catalog, CheckedRuns& checked, QWidget* parent = nullptr);
    ~RunsPage() override;

    qint64 currentRun() const; // 0 = none
    void setCurrentRun(qint64 run);
    std::vector<storage::RunId> shownRuns() const; // that the filter leaves
    // Columns, sort, grouping and filter: for the program's settings.
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    // As the pictures of it want: a filter is part of what is shown.
    void setFilter(const QString& text);

Q_SIGNALS:
    void currentChanged();
    void shownChanged();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
