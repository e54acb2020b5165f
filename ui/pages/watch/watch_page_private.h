// SPDX-License-Identifier: GPL-3.0-or-later
// The state of Watch, shared by its source files.
// GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/pages/watch/watch_page.h"

#include <QTimer>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace nabiz::ui {

class AuditCard;
class Card;
class ChangeCard;
class CursorCard;
class FactsCard;
class LogCard;
class PlotLegend;
class PlotView;
class SampleCard;
class StatisticsCard;
class WatchHeader;
class WrappedText;
struct RunDetail;

class WatchPage::Private {
public:
    Private(WatchPage& page, RunCatalog& runs);

    void assemble();
    QWidget* makeEmpty();
    QWidget* makeCharts();
    QWidget* makeCards();
    void connectParts();
    void connectCharts();
    bool shows(storage::RunId run) const;
    void askForDetails();
    void askForPoints(); // all of them
    bool looksClosely() const;
    // All anew: other runs, a detail, an option, the theme.
    void rebuild();
    void rebuildLater();
    void showCards();
    void showState();
    void showCursor(std::optional<double> x);
    void onPoints(storage::RunId run);
    void openMark(qint64 event);
    void fillMenu(PlotView& plot, QMenu& menu);
    void save(PlotView& first);
    std::vector<const RunDetail*> details() const; // of the runs shown that are loaded

    WatchPage& q;
    RunCatalog& catalog;
    storage::RunId current = 0;
    storage::RunId active = 0;
    std::vector<storage::RunId> checked;
    std::optional<double> cursor;
    bool stale = false; // changed while hidden
    bool isAwaited = false; // rebuild() will come
    bool marksStale = false; // something happened since they were made
    std::size_t drawnCurves = 0;

    QStackedLayout* stack = nullptr;
    QLabel* emptyText = nullptr;
    QPushButton* emptyButton = nullptr;
    WatchHeader* header = nullptr;
    Card* failureCard = nullptr;
    WrappedText* failure = nullptr;
    PlotView* loss = nullptr;
    PlotView* rate = nullptr;
    QWidget* rateCard = nullptr;
    PlotView* memory = nullptr;
    PlotLegend* lossLegend = nullptr;
    PlotLegend* rateLegend = nullptr;
    PlotLegend* memoryLegend = nullptr;
    QScrollArea* cardsArea = nullptr;
    CursorCard* cursorCard = nullptr;
    StatisticsCard* statistics = nullptr;
    ChangeCard* changeCard = nullptr;
    AuditCard* auditCard = nullptr;
    SampleCard* sampleCard = nullptr;
    FactsCard* facts = nullptr;
    LogCard* log = nullptr;
    QTimer cardsTimer;
};

} // namespace nabiz::ui
