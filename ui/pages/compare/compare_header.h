// SPDX-License-Identifier: GPL-3.0-or-later
// Compare's title line: which run is the baseline, whether seeds are taken together, and what the chart shows of them.
// GUI thread.
#pragma once

#include "ui/pages/compare/compare_content.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;

namespace nabiz::ui {

class RunCatalog;

class CompareHeader : public QWidget {
    Q_OBJECT
public:
    explicit CompareHeader(QWidget* parent = nullptr);

    void show(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, storage::RunId baseline,
        const CompareOptions& options, bool canGroup);
    void toggleLog();
    // Before the report's button.
    void add(QWidget* button);
    void retranslateUi();

Q_SIGNALS:
    void baselineChosen(qint64 run);
    void metricChosen(const QString& metric);
    void xUnitChosen(int unit);
    void groupedChosen(bool grouped);
    void logChosen(bool log);
    void reportRequested();
    void reportedRunRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QBoxLayout* m_layout;
    QWidget* m_left;
    QWidget* m_right;
    QLabel* m_title;
    QLabel* m_baselineLabel;
    QComboBox* m_baseline;
    QPushButton* m_grouped;
    QComboBox* m_metric;
    QComboBox* m_xUnit;
    QPushButton* m_log;
    QPushButton* m_reported;
    QPushButton* m_report;
};

} // namespace nabiz::ui
