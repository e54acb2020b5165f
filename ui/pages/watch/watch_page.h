// SPDX-License-Identifier: GPL-3.0-or-later
// Watch: one run in full, live or past. Its loss over its memory on one x axis, what stands under the cursor, what it
// writes, and its facts; checked runs are laid over its loss. Asks the catalogue for details it lacks. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"
#include "ui/requests/sample_request.h"
#include "ui/widgets/later.h"

#include <QTimer>
#include <optional>
#include <vector>

class QStackedLayout;

namespace nabiz::ui {

class EmptyPlace;
class FailureCard;
class LayoutShelf;
class PanelDesk;
class PlotView;
class RunCatalog;
class WatchCharts;
class WatchColumn;
class WatchHeader;
struct RunDetail;

class WatchPage : public PageWidget {
    Q_OBJECT
public:
    WatchPage(RunCatalog& catalog, LayoutShelf& layouts, QWidget* parent = nullptr);

    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    storage::RunId currentRun() const { return m_current; }
    WatchCharts& charts() const { return *m_charts; }
    void setActiveRun(storage::RunId run) override;
    // How the charts are drawn and what is folded.
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

Q_SIGNALS:
    void sampleRequested(const nabiz::ui::SampleRequest& request); // of a run that has ended

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void assemble();
    void connectParts();
    void connectCatalog();
    bool shows(storage::RunId run) const;
    void askForDetails();
    // All anew: other runs, a detail, an option, the theme.
    void rebuild();
    void showPanels();
    void showCards();
    void showState();
    void showCursor(std::optional<double> x);
    void onPoints(storage::RunId run);
    void openMark(qint64 event);
    void sample();
    void save(PlotView* chart);
    std::vector<const RunDetail*> details() const; // of the runs shown that are loaded

    RunCatalog& m_catalog;
    storage::RunId m_current = 0;
    storage::RunId m_active = 0;
    std::vector<storage::RunId> m_checked;
    std::optional<double> m_cursor;
    bool m_stale = false; // changed while hidden
    bool m_marksStale = false; // something happened since they were made
    QStackedLayout* m_stack;
    EmptyPlace* m_empty;
    WatchHeader* m_header;
    FailureCard* m_failure;
    WatchCharts* m_charts;
    PanelDesk* m_panels; // on the charts' board
    WatchColumn* m_column;
    QTimer m_cardsTimer;
    Later m_rebuildLater;
};

} // namespace nabiz::ui
