// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: the checked runs over each other, which was better and whether that is luck, what they differ in, what came
// out, what they wrote, and a scatter of all runs. Asks the catalogue for details it lacks. GUI thread.
#pragma once

#include "ui/models/compare_look.h"
#include "ui/pages/page_widget.h"

#include <QList>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

class ComparePage : public PageWidget {
    Q_OBJECT
public:
    explicit ComparePage(RunCatalog& catalog, QWidget* parent = nullptr);
    ~ComparePage() override;

    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    // 0 while there is nothing to compare.
    storage::RunId baseline() const;
    // What is compared, and how it is shown: for a report that is to say the same.
    CompareLook look() const;
    // Settings not to be shown among the differences.
    void setIgnoredKeys(const QStringList& keys);
    // Of the scatter: those that a filter leaves, or without one all.
    void setScatterRuns(std::optional<std::vector<storage::RunId>> runs);
    // Only while it is one of the runs compared.
    void setBaseline(storage::RunId run);
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

Q_SIGNALS:
    // On what is compared, as it is shown.
    void comparisonReportRequested();
    // The run again with each of these seeds, from its own stored settings.
    void moreSeedsRequested(qint64 run, const QList<qint64>& seeds);
    void ignoredKeysChanged(const QStringList& keys);
    void runChosen(qint64 run);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
