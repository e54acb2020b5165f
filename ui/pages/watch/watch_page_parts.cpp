// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch is made of, and how its parts speak to each other.
#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/audit_card.h"
#include "ui/pages/watch/watch_cards.h"
#include "ui/pages/watch/watch_cursor.h"
#include "ui/pages/watch/watch_facts.h"
#include "ui/pages/watch/watch_header.h"
#include "ui/pages/watch/watch_page_private.h"
#include "ui/pages/watch/watch_statistics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <tuple>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kCardsMs = 200; // figures that change faster cannot be read

} // namespace

WatchPage::Private::Private(WatchPage& page, RunCatalog& runs)
    : q(page)
    , catalog(runs)
{
    cardsTimer.setSingleShot(true);
    cardsTimer.setInterval(kCardsMs);
    assemble();
    connectParts();
    rebuild();
}

void WatchPage::Private::assemble()
{
    stack = new QStackedLayout(&q);
    stack->addWidget(makeEmpty());
    auto* const page = new QWidget(&q);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kGap, kMargin);
    layout->setSpacing(12);
    header = new WatchHeader(page);
    failureCard = new Card(page);
    failureCard->setObjectName(QStringLiteral("failureCard"));
    failure = new WrappedText(failureCard);
    failure->setObjectName(QStringLiteral("failureText"));
    Theme::setRole(failure, "bad");
    failureCard->body()->addWidget(failure);
    auto* const line = new QHBoxLayout;
    line->setSpacing(12);
    auto* const left = new QVBoxLayout;
    left->setSpacing(12);
    left->addWidget(failureCard);
    left->addWidget(makeCharts(), 1);
    line->addLayout(left, 1);
    line->addWidget(makeCards());
    layout->addWidget(header);
    layout->addLayout(line, 1);
    stack->addWidget(page);
}

QWidget* WatchPage::Private::makeEmpty()
{
    auto* const empty = new QWidget(&q);
    emptyText = new QLabel(empty);
    emptyText->setWordWrap(true);
    emptyText->setAlignment(Qt::AlignCenter);
    Theme::setRole(emptyText, "dim");
    emptyButton = new QPushButton(empty);
    emptyButton->setObjectName(QStringLiteral("emptyButton"));
    Theme::setAccent(emptyButton);
    auto* const layout = new QVBoxLayout(empty);
    layout->setSpacing(kMargin);
    layout->addStretch(2);
    layout->addWidget(emptyText);
    layout->addWidget(emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return empty;
}

QWidget* WatchPage::Private::makeCharts()
{
    auto* const splitter = new QSplitter(Qt::Vertical, &q);
    splitter->setObjectName(QStringLiteral("watchSplitter"));
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    const auto add = [&](const char* name, int share) {
        auto* const card = new Card(splitter);
        auto* const plot = new PlotView(card);
        auto* const legend = new PlotLegend(card);
        plot->setObjectName(QLatin1String(name));
        legend->setObjectName(QLatin1String(name) + QStringLiteral("Legend"));
        legend->attach(*plot);
        card->body()->addWidget(plot, 1);
        card->body()->addWidget(legend);
        splitter->addWidget(card);
        splitter->setStretchFactor(splitter->count() - 1, share);
        connect(legend, &PlotLegend::changed, &q, [this] { rebuild(); });
        return std::pair(plot, legend);
    };
    std::tie(loss, lossLegend) = add("lossChart", 68);
    std::tie(rate, rateLegend) = add("rateChart", 25);
    rateCard = splitter->widget(splitter->count() - 1);
    std::tie(memory, memoryLegend) = add("memoryChart", 32);
    rateCard->hide();
    splitter->setSizes({ 680, 250, 320 });
    PlotView::link(*loss, *memory);
    PlotView::link(*loss, *rate);
    PlotView::link(*rate, *memory);
    return splitter;
}

QWidget* WatchPage::Private::makeCards()
{
    auto* const area = cardsArea = new QScrollArea(&q);
    area->setObjectName(QStringLiteral("cardsArea"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* const column = new QWidget(area);
    column->setProperty("plain", true);
    cursorCard = new CursorCard(catalog, *loss, column);
    statistics = new StatisticsCard(*loss, column);
    changeCard = new ChangeCard(catalog, column);
    auditCard = new AuditCard(catalog, column);
    sampleCard = new SampleCard(catalog, column);
    facts = new FactsCard(catalog, column);
    log = new LogCard(catalog, column);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, kGap, 0);
    layout->setSpacing(12);
    for (QWidget* const card :
        std::initializer_list<QWidget*> { cursorCard, statistics, changeCard, auditCard, sampleCard, facts, log }) {
        layout->addWidget(card);
    }
    layout->addStretch(1);
    area->setWidget(column);
    area->setFixedWidth(q.fontMetrics().averageCharWidth() * 44);
    return area;
}

void WatchPage::Private::connectCharts()
{
    for (PlotView* const plot : { loss, rate, memory }) {
        connect(plot, &PlotView::cursorMoved, &q, [this](std::optional<double> x) { showCursor(x); });
        connect(plot, &PlotView::followingChanged, &q, [this] { showState(); });
        connect(plot, &PlotView::xRangeChanged, &q, [this] { askForDetails(); });
        connect(plot, &PlotView::logRequested, &q, [this] { header->toggleLog(); });
        connect(plot, &PlotView::logXRequested, &q, [this] { header->toggleLogX(); });
        connect(plot, &PlotView::clipRequested, &q, [this] { header->toggleClip(); });
        connect(plot, &PlotView::pinMoved, &q, [this] { showCursor(cursor); });
        connect(plot, &PlotView::menuAboutToShow, &q, [this, plot](QMenu* menu) { fillMenu(*plot, *menu); });
    }
}

void WatchPage::Private::connectParts()
{
    connect(&cardsTimer, &QTimer::timeout, &q, [this] {
        std::exchange(marksStale, false) ? rebuild() : showCards();
        statistics->restart();
    });
    connect(emptyButton, &QPushButton::clicked, &q, &WatchPage::configureRequested);
    connect(header, &WatchHeader::optionsChanged, &q, [this] { rebuild(); });
    connect(header, &WatchHeader::optionsChanged, &q, &WatchPage::stateChanged);
    for (WatchFold* const fold : std::initializer_list<WatchFold*> { statistics, facts, log }) {
        connect(fold, &WatchFold::opened, &q, &WatchPage::stateChanged);
    }
    connect(header, &WatchHeader::followRequested, &q, [this] {
        loss->follow();
        showState();
    });
    connect(header, &WatchHeader::editAsNewRequested, &q, &WatchPage::editAsNewRequested);
    connect(header, &WatchHeader::renameRequested, &q,
        [this](qint64 run, const QString& name) { Q_EMIT q.editRequested(RunEdit::rename(run, name)); });
    connect(sampleCard, &SampleCard::sampleRequested, &q, [this] { Q_EMIT q.orderGiven(RunOrder::Sample); });
    connectCharts();
    connect(loss, &PlotView::xRangeChanged, statistics, &StatisticsCard::restart);
    connect(loss, &PlotView::markActivated, &q, [this](qint64 event) { openMark(event); });
    connect(header, &WatchHeader::followedLengthChosen, loss, &PlotView::setFollowedLength);
    connect(header, &WatchHeader::valuesToggled, loss, &PlotView::setValuesShown);
    connect(loss, &PlotView::valuesShownChanged, header, &WatchHeader::setValuesShown);
    connect(header, &WatchHeader::copyRequested, &q, [this] { copyPicture(*loss); });
    connect(header, &WatchHeader::saveRequested, &q, [this] { save(*loss); });
    const auto changed = [this](qint64 run) {
        if (shows(run)) {
            rebuild();
        }
    };
    connect(&catalog, &RunCatalog::runChanged, &q, changed);
    connect(&catalog, &RunCatalog::detailLoaded, &q, changed);
    connect(&catalog, &RunCatalog::runRemoved, &q, [this](qint64 run) {
        std::erase(checked, run);
        current = current == run ? 0 : current;
        rebuild();
    });
    connect(&catalog, &RunCatalog::runsReset, &q, [this] { rebuild(); });
    connect(&catalog, &RunCatalog::pointsAppended, &q, [this](qint64 run) { onPoints(run); });
    const auto happened = [this](qint64 run) {
        marksStale = marksStale || run == current;
        if (run == current && !cardsTimer.isActive()) {
            cardsTimer.start();
        }
    };
    connect(&catalog, &RunCatalog::eventAppended, &q, happened);
    connect(&catalog, &RunCatalog::checkpointsChanged, &q, happened);
}

} // namespace nabiz::ui
