// SPDX-License-Identifier: GPL-3.0-or-later
// Compare's parts and what it shows of which runs.
// GUI thread.
#pragma once

#include "ui/models/compared_series.h"
#include "ui/pages/compare/compare_content.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/compare_verdict.h"

#include <QTimer>

class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace nabiz::ui {

class CompareHeader;
class CompareSamples;
class CompareScatter;
class CompareTable;
class PlotLegend;
class PlotView;

class ComparePage::Private {
public:
    Private(ComparePage& page, RunCatalog& runs);

    void assemble();
    QWidget* makeEmpty();
    // Compares the newest two where there are two, else leads to where a run is started.
    void showEmpty();
    QList<qint64> newestTwo() const;
    QWidget* makeChart();
    QWidget* makeDetails();
    void connectHeader();
    void connectParts();
    void connectCatalog();
    bool isChecked(storage::RunId run) const;
    // The checked runs that are loaded, the baseline first.
    std::vector<storage::RunId> ordered() const;
    // Other runs, or other series of them.
    void rebuild();
    void rebuildLater();
    void require();
    // Other figures of the same.
    void showFigures();
    void showTab(int tab);
    SeedsOffer seedsOffer(const Comparison& comparison) const;
    // The columns that two more seeds each would settle.
    std::vector<std::size_t> columnsToSeed(const Comparison& comparison) const;
    void requestSeeds();
    void retranslate();

    ComparePage& q;
    RunCatalog& catalog;
    std::vector<storage::RunId> checked;
    storage::RunId baseline = 0;
    CompareOptions options;
    bool metricChosen = false;
    bool isAwaited = false; // rebuild() will come
    Comparison comparison;
    ComparedSeries series;
    QTimer figuresTimer;

    QStackedLayout* stack = nullptr;
    QLabel* emptyText = nullptr;
    QPushButton* emptyButton = nullptr;
    CompareHeader* header = nullptr;
    CompareVerdict* verdict = nullptr;
    PlotView* chart = nullptr;
    PlotLegend* legend = nullptr;
    QButtonGroup* tabs = nullptr;
    QStackedLayout* tabStack = nullptr;
    CompareTable* table = nullptr;
    CompareSamples* samples = nullptr;
    CompareScatter* scatter = nullptr;
};

} // namespace nabiz::ui
