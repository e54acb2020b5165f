// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: the checked runs over each other, which was better and whether that is luck, what they differ in, what came
// out, what they wrote, and a scatter of all runs. Asks the catalogue for details it lacks. GUI thread.
#pragma once

#include "ui/models/compared_series.h"
#include "ui/pages/compare/compare_choice.h"
#include "ui/pages/page_widget.h"
#include "ui/widgets/later.h"

#include <QList>
#include <QStringList>
#include <QTimer>
#include <optional>
#include <vector>

class QSplitter;
class QStackedLayout;

namespace nabiz::ui {

class CompareDetails;
class CompareHeader;
class CompareVerdict;
class EmptyPlace;
class LayoutShelf;
class PanelBoard;
class PanelDesk;
class PlotLegend;
class PlotView;
class RunCatalog;

class ComparePage : public PageWidget {
    Q_OBJECT
public:
    ComparePage(RunCatalog& catalog, LayoutShelf& layouts, QWidget* parent = nullptr);

    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    // 0 while there is nothing to compare.
    storage::RunId baseline() const { return m_choice.baseline(); }
    // What is compared, and how it is shown: for a report that is to say the same.
    CompareLook look() const { return m_choice.look(); }
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
    void assemble();
    void connectHeader();
    void connectParts();
    void connectCatalog();
    // Compares the newest two where there are two, else leads to where a run is started.
    void showEmpty();
    // Other runs, or other series of them.
    void rebuild();
    // Other figures of the same.
    void showFigures();
    void showPanels();
    void requestSeeds();
    void retranslate();

    RunCatalog& m_catalog;
    CompareChoice m_choice;
    Comparison m_comparison;
    ComparedSeries m_series;
    QTimer m_figuresTimer;
    Later m_rebuildLater;
    QStackedLayout* m_stack;
    EmptyPlace* m_empty;
    CompareHeader* m_header;
    CompareVerdict* m_verdict;
    QSplitter* m_splitter;
    PlotView* m_chart;
    PlotLegend* m_legend;
    PanelBoard* m_board; // the chart on it, with panels
    PanelDesk* m_panels;
    CompareDetails* m_details;
};

} // namespace nabiz::ui
