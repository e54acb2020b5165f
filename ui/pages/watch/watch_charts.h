// SPDX-License-Identifier: GPL-3.0-or-later
// Watch's own charts on its board of panels: loss, learning rate and memory on one x axis, each with its legend.
// Contents point into the catalogue: they are replaced at once, also while hidden. GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"
#include "ui/panels/panel_board.h"

#include <array>
#include <optional>
#include <vector>

class QMenu;

namespace nabiz::ui {

class ChartTools;
class ChartWriter;
class PlotLegend;
class PlotView;
class WatchLedger;

class WatchCharts : public PanelBoard {
    Q_OBJECT
public:
    // `tools` say how they are drawn, and are told what is asked for in a chart.
    WatchCharts(RunCatalog& catalog, ChartTools& tools, QWidget* parent = nullptr);

    PlotView& loss() const { return *m_loss; }
    // All anew.
    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked);
    // What stands where there is no curve yet.
    void setEmptyTexts(bool isLoaded, const storage::RunOverview& run);
    // Draws points that have come; false where the first value of a metric asks for all anew.
    bool refresh();
    // More than the extremes of a long run's curves is wanted.
    bool isCloser() const;
    // All of the current run's, as far as they are not there yet.
    void askForPoints();
    // Those in sight into files, `first` before the others.
    void save(PlotView& first, const QString& name);
    // Of numbers; none: pictures alone are saved.
    void setWriter(ChartWriter* writer) { m_writer = writer; }

Q_SIGNALS:
    void followingChanged();
    void rangeChanged();
    void curvesChosen(); // others, in a legend
    void saveRequested(nabiz::ui::PlotView* chart);

private:
    PlotView* addChart(const char* kind, const char* name, PlotLegend** legend);
    void connectChart(PlotView& plot);
    void fillMenu(PlotView& plot, QMenu& menu);
    std::array<PlotContent, 3> contents(const WatchOptions& options) const; // loss, rate, memory

    RunCatalog& m_catalog;
    ChartTools& m_tools;
    storage::RunId m_current = 0;
    std::vector<storage::RunId> m_checked;
    std::size_t m_drawn = 0; // curves
    // Before the charts: each is made with its chart.
    PlotLegend* m_lossLegend = nullptr;
    PlotLegend* m_rateLegend = nullptr;
    PlotLegend* m_memoryLegend = nullptr;
    PlotView* m_loss;
    PlotView* m_rate;
    PlotView* m_memory;
    WatchLedger* m_ledger;
    ChartWriter* m_writer = nullptr;
};

} // namespace nabiz::ui
