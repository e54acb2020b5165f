// SPDX-License-Identifier: GPL-3.0-or-later
// How Compare is put together, and what it listens to.
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_header.h"
#include "ui/pages/compare/compare_page_private.h"
#include "ui/pages/compare/compare_samples.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/pages/compare/compare_table.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kFiguresMs = 500; // of a run that goes on

} // namespace

ComparePage::Private::Private(ComparePage& page, RunCatalog& runs)
    : q(page)
    , catalog(runs)
{
    figuresTimer.setSingleShot(true);
    figuresTimer.setInterval(kFiguresMs);
    assemble();
    connectHeader();
    connectParts();
    connectCatalog();
    retranslate();
    rebuild();
}

void ComparePage::Private::assemble()
{
    stack = new QStackedLayout(&q);
    stack->addWidget(makeEmpty());

    auto* const page = new QWidget(&q);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    header = new CompareHeader(page);
    verdict = new CompareVerdict(page);
    auto* const splitter = new QSplitter(Qt::Vertical, page);
    splitter->setObjectName(QStringLiteral("compareSplitter"));
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeChart());
    splitter->addWidget(makeDetails());
    splitter->setStretchFactor(0, 50);
    splitter->setStretchFactor(1, 50);
    splitter->setSizes({ 500, 500 });
    layout->addWidget(header);
    layout->addWidget(verdict);
    layout->addWidget(splitter, 1);
    stack->addWidget(page);
}

QWidget* ComparePage::Private::makeEmpty()
{
    auto* const empty = new QWidget(&q);
    emptyText = new QLabel(empty);
    emptyText->setObjectName(QStringLiteral("emptyText"));
    emptyText->setWordWrap(true);
    emptyText->setAlignment(Qt::AlignCenter);
    Theme::setRole(emptyText, "dim");
    emptyButton = new QPushButton(empty);
    emptyButton->setObjectName(QStringLiteral("compareEmptyButton"));
    Theme::setAccent(emptyButton);
    connect(emptyButton, &QPushButton::clicked, &q, [this] {
        const QList<qint64> two = newestTwo();
        two.size() == 2 ? Q_EMIT q.compareRequested(two) : Q_EMIT q.configureRequested();
    });
    auto* const layout = new QVBoxLayout(empty);
    layout->setSpacing(kMargin);
    layout->addStretch(2);
    layout->addWidget(emptyText);
    layout->addWidget(emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return empty;
}

// Fewer where there are not as many.
QList<qint64> ComparePage::Private::newestTwo() const
{
    QList<qint64> newest;
    for (const storage::RunOverview& overview : catalog.runs()) {
        if (overview.summary.batches > 0 && newest.size() < 2) {
            newest.append(overview.run.id);
        }
    }
    return newest;
}

void ComparePage::Private::showEmpty()
{
    emptyButton->setText(newestTwo().size() == 2 ? tr("Compare the newest two") : tr("Configure a run"));
}

QWidget* ComparePage::Private::makeChart()
{
    auto* const card = new Card(&q);
    chart = new PlotView(card);
    chart->setObjectName(QStringLiteral("compareChart"));
    legend = new PlotLegend(card);
    legend->attach(*chart);
    card->body()->addWidget(chart, 1);
    card->body()->addWidget(legend);
    return card;
}

QWidget* ComparePage::Private::makeDetails()
{
    auto* const card = new Card(&q);
    tabs = new QButtonGroup(card);
    table = new CompareTable(card);
    samples = new CompareSamples(catalog, card);
    scatter = new CompareScatter(catalog, card);
    auto* const names = card->titleLine();
    auto* const inside = new QWidget(card);
    tabStack = new QStackedLayout(inside);
    const std::pair<const char*, QWidget*> parts[]
        = { { "resultsTab", table }, { "textsTab", samples }, { "scatterTab", scatter } };
    int place = 0;
    for (const auto& [name, part] : parts) {
        auto* const button = new QPushButton(card);
        button->setObjectName(QLatin1String(name));
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setProperty("pageTab", true);
        tabs->addButton(button, place);
        names->insertWidget(place++, button);
        tabStack->addWidget(part);
    }
    for (QWidget* const controls : { table->controls(), samples->controls(), scatter->controls() }) {
        names->addWidget(controls);
    }
    card->body()->addWidget(inside, 1);
    // Tab goes as they stand: from the chosen tab to what belongs to it, then to the part itself. Arrows go from tab to
    // tab.
    QWidget* before = tabs->button(2);
    for (QWidget* const part : std::initializer_list<QWidget*> {
             table->controls(), table, samples->controls(), samples, scatter->controls(), scatter }) {
        for (QWidget* const next : part->findChildren<QWidget*>()) {
            if ((next->focusPolicy() & Qt::TabFocus) && next->window() == card->window()) { // not the list of a box
                QWidget::setTabOrder(before, next);
                before = next;
            }
        }
    }
    tabs->button(0)->setChecked(true);
    showTab(0);
    return card;
}

void ComparePage::Private::showTab(int tab)
{
    tabStack->setCurrentIndex(tab);
    int place = 0;
    for (QWidget* const controls : { table->controls(), samples->controls(), scatter->controls() }) {
        controls->setVisible(place++ == tab);
    }
}

void ComparePage::Private::connectHeader()
{
    connect(header, &CompareHeader::reportRequested, &q, &ComparePage::comparisonReportRequested);
    connect(header, &CompareHeader::baselineChosen, &q, [this](qint64 run) {
        baseline = run;
        rebuild();
    });
    connect(header, &CompareHeader::metricChosen, &q, [this](const QString& metric) {
        options.metric = metric.toStdString();
        metricChosen = true;
        rebuild();
    });
    connect(header, &CompareHeader::xUnitChosen, &q, [this](int unit) {
        options.xUnit = static_cast<XUnit>(unit);
        showFigures();
    });
    connect(header, &CompareHeader::groupedChosen, &q, [this](bool grouped) {
        options.grouped = grouped;
        showFigures();
    });
    connect(header, &CompareHeader::logChosen, &q, [this](bool log) {
        options.logY = log;
        showFigures();
    });
}

void ComparePage::Private::connectParts()
{
    connect(&figuresTimer, &QTimer::timeout, &q, [this] { showFigures(); });
    connect(header, &CompareHeader::xUnitChosen, &q, &ComparePage::stateChanged);
    for (const auto signal : { &CompareHeader::groupedChosen, &CompareHeader::logChosen }) {
        connect(header, signal, &q, &ComparePage::stateChanged);
    }
    connect(header, &CompareHeader::baselineChosen, &q, &ComparePage::stateChanged);
    connect(header, &CompareHeader::metricChosen, &q, &ComparePage::stateChanged);
    connect(table, &CompareTable::choiceChanged, &q, &ComparePage::stateChanged);
    connect(tabs, &QButtonGroup::idClicked, &q, &ComparePage::stateChanged);
    connect(chart, &PlotView::logRequested, header, &CompareHeader::toggleLog);
    connect(legend, &PlotLegend::changed, &q, [this] { showFigures(); });
    connect(verdict, &CompareVerdict::seedsRequested, &q, [this] { requestSeeds(); });
    connect(table, &CompareTable::choiceChanged, &q, [this] { showFigures(); });
    connect(table, &CompareTable::ignoredChanged, &q, &ComparePage::ignoredKeysChanged);
    connect(scatter, &CompareScatter::runChosen, &q, &ComparePage::runChosen);
    connect(tabs, &QButtonGroup::idClicked, &q, [this](int tab) { showTab(tab); });
}

void ComparePage::Private::connectCatalog()
{
    const auto changed = [this](qint64 run) {
        if (isChecked(run)) {
            rebuild();
        } else if (!figuresTimer.isActive() && q.isVisible()) {
            figuresTimer.start(); // it may be a repeat that is waited for
        }
        showEmpty();
    };
    connect(&catalog, &RunCatalog::runChanged, &q, changed);
    connect(&catalog, &RunCatalog::runAdded, &q, changed);
    connect(&catalog, &RunCatalog::detailLoaded, &q, changed);
    connect(&catalog, &RunCatalog::runsReset, &q, [this] { rebuild(); });
    connect(&catalog, &RunCatalog::runRemoved, &q, [this](qint64) { rebuild(); });
    connect(&catalog, &RunCatalog::pointsAppended, &q, [this](qint64 run) {
        if (!isChecked(run)) {
            return;
        }
        chart->refresh();
        if (!figuresTimer.isActive()) {
            figuresTimer.start();
        }
    });
}

void ComparePage::Private::retranslate()
{
    emptyText->setText(tr("Check two or more runs in the list: their curves, the settings they differ in and their "
                          "results will stand here side by side."));
    showEmpty();
    tabs->button(0)->setText(tr("Settings and results"));
    tabs->button(1)->setText(tr("Texts"));
    tabs->button(2)->setText(tr("Scatter"));
    header->retranslateUi();
    table->retranslateUi();
    samples->retranslateUi();
    scatter->retranslateUi();
}

} // namespace nabiz::ui
