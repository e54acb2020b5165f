// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch_page.h"

#include "ui/charts/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/audit_card.h"
#include "ui/pages/watch_cards.h"
#include "ui/pages/watch_facts.h"
#include "ui/pages/watch_header.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_text.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kCardsMs = 200; // figures that change faster cannot be read
// In the charts, or under the cursor.
constexpr const char* kShownMetrics[] = { "loss", "val.loss", "learning_rate", "grad_norm", "tokens_per_second",
    "memory.allocated", "memory.peak", "memory.reserved", "memory.device_other", "memory.process" };

// The reason as it was stored, or, where an event tells the same, in the window's language.
QString failureText(const storage::Run& run, const RunDetail* detail)
{
    if (detail && !run.failure.empty()) {
        for (const storage::Event& event : detail->events) {
            if (event.text == run.failure)
                return text(event);
        }
    }
    return QString::fromStdString(run.failure);
}

} // namespace

class WatchPage::Private {
public:
    Private(WatchPage& page, RunCatalog& runs);

    void assemble();
    QWidget* makeEmpty();
    QWidget* makeCharts();
    QWidget* makeCards();
    void connectParts();
    bool shows(storage::RunId run) const;
    void askForDetails();
    // All anew: other runs, a detail, an option, the theme.
    void rebuild();
    void showCards();
    void showState();
    void showCursor(std::optional<double> x);
    void onPoints(storage::RunId run);

    WatchPage& q;
    RunCatalog& catalog;
    storage::RunId current = 0;
    storage::RunId active = 0;
    std::vector<storage::RunId> checked;
    std::optional<double> cursor;
    bool stale = false; // changed while hidden
    std::size_t drawnCurves = 0;

    QStackedLayout* stack = nullptr;
    QLabel* emptyText = nullptr;
    QPushButton* emptyButton = nullptr;
    WatchHeader* header = nullptr;
    Card* failureCard = nullptr;
    QLabel* failure = nullptr;
    PlotView* loss = nullptr;
    PlotView* memory = nullptr;
    CursorCard* cursorCard = nullptr;
    ChangeCard* changeCard = nullptr;
    AuditCard* auditCard = nullptr;
    SampleCard* sampleCard = nullptr;
    FactsCard* facts = nullptr;
    LogCard* log = nullptr;
    QTimer cardsTimer;
};

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
    failure = new QLabel(failureCard);
    failure->setObjectName(QStringLiteral("failureText"));
    failure->setWordWrap(true);
    failure->setTextFormat(Qt::PlainText);
    failure->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
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
        plot->setObjectName(QLatin1String(name));
        card->body()->addWidget(plot);
        splitter->addWidget(card);
        splitter->setStretchFactor(splitter->count() - 1, share);
        return plot;
    };
    loss = add("lossChart", 68);
    memory = add("memoryChart", 32);
    splitter->setSizes({ 680, 320 });
    PlotView::link(*loss, *memory);
    return splitter;
}

QWidget* WatchPage::Private::makeCards()
{
    auto* const area = new QScrollArea(&q);
    area->setObjectName(QStringLiteral("cardsArea"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* const column = new QWidget(area);
    column->setProperty("plain", true);
    cursorCard = new CursorCard(catalog, column);
    changeCard = new ChangeCard(catalog, column);
    auditCard = new AuditCard(catalog, column);
    sampleCard = new SampleCard(catalog, column);
    facts = new FactsCard(catalog, column);
    log = new LogCard(catalog, column);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, kGap, 0);
    layout->setSpacing(12);
    for (QWidget* const card : { static_cast<QWidget*>(cursorCard), static_cast<QWidget*>(changeCard),
             static_cast<QWidget*>(auditCard), static_cast<QWidget*>(sampleCard), static_cast<QWidget*>(facts), static_cast<QWidget*>(log) }) {
        layout->addWidget(card);
    }
    layout->addStretch(1);
    area->setWidget(column);
    area->setFixedWidth(q.fontMetrics().averageCharWidth() * 44);
    return area;
}

void WatchPage::Private::connectParts()
{
    connect(&cardsTimer, &QTimer::timeout, &q, [this] { showCards(); });
    connect(emptyButton, &QPushButton::clicked, &q, &WatchPage::configureRequested);
    connect(header, &WatchHeader::optionsChanged, &q, [this] { rebuild(); });
    connect(header, &WatchHeader::followRequested, &q, [this] {
        loss->follow();
        showState();
    });
    connect(header, &WatchHeader::editAsNewRequested, &q, &WatchPage::editAsNewRequested);
    connect(header, &WatchHeader::renameRequested, &q, &WatchPage::renameRequested);
    connect(sampleCard, &SampleCard::sampleRequested, &q, &WatchPage::sampleRequested);
    for (PlotView* const plot : { loss, memory }) {
        connect(plot, &PlotView::cursorMoved, &q, [this](std::optional<double> x) { showCursor(x); });
        connect(plot, &PlotView::followingChanged, &q, [this] { showState(); });
        connect(plot, &PlotView::logRequested, &q, [this] { header->toggleLog(); });
    }
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
    connect(&catalog, &RunCatalog::eventAppended, &q, [this](qint64 run) {
        if (run == current && !cardsTimer.isActive()) {
            cardsTimer.start();
        }
    });
}

bool WatchPage::Private::shows(storage::RunId run) const
{
    if (run == current || std::find(checked.begin(), checked.end(), run) != checked.end()) {
        return true;
    }
    const storage::RunOverview* const overview = catalog.overview(current);
    return overview && overview->run.parent == run;
}

void WatchPage::Private::askForDetails()
{
    catalog.requireDetail(current);
    for (const char* const metric : kShownMetrics) {
        catalog.requireWhole(current, metric);
    }
    for (const storage::RunId run : checked) {
        catalog.requireDetail(run);
        catalog.requireWhole(run, "loss");
    }
}

// Contents point into the catalogue: they are replaced at once, also while hidden; only the cards can wait.
void WatchPage::Private::rebuild()
{
    const storage::RunOverview* const overview = catalog.overview(current);
    stack->setCurrentIndex(overview ? 1 : 0);
    emptyText->setText(catalog.runs().empty()
            ? tr("No run yet. Its loss and memory will be drawn here, batch by batch, from the moment it starts.")
            : tr("Select a run in the list to see its loss, its memory and what it writes."));
    emptyButton->setText(tr("Choose a preset"));
    emptyButton->setVisible(catalog.runs().empty());
    PlotContent curves = lossContent(catalog, overview ? current : 0, checked, header->options());
    drawnCurves = curves.curves.size();
    PlotContent bytes = memoryContent(catalog, overview ? current : 0, header->options());
    drawnCurves += bytes.curves.size();
    loss->setContent(std::move(curves));
    memory->setContent(std::move(bytes));
    if (!overview) {
        return;
    }
    askForDetails();
    const bool live = storage::isLive(overview->run.status);
    loss->setEmptyText(!catalog.detail(current) ? tr("Reading the run …")
            : live                              ? tr("The curve begins with the first batch.")
                                                : tr("This run ended before its first batch."));
    memory->setEmptyText(live ? tr("Memory is measured with every batch.") : tr("No memory was measured."));
    stale = !q.isVisible();
    showCards();
}

void WatchPage::Private::showCards()
{
    const storage::RunOverview* const overview = catalog.overview(current);
    if (!overview || !q.isVisible()) {
        stale = true;
        return;
    }
    showState();
    failure->setText(failureText(overview->run, catalog.detail(current)));
    failureCard->setVisible(!overview->run.failure.empty());
    cursorCard->showAt(current, checked, header->options(), cursor);
    changeCard->showRun(current);
    auditCard->showRun(current);
    sampleCard->showRun(current, active == current && overview->run.status == storage::RunStatus::Running);
    facts->showRun(current);
    log->showRun(current);
}

void WatchPage::Private::showState()
{
    if (const storage::RunOverview* const overview = catalog.overview(current)) {
        header->showRun(*overview);
        header->setFollowing(loss->isFollowing(), storage::isLive(overview->run.status));
    }
}

void WatchPage::Private::showCursor(std::optional<double> x)
{
    cursor = x;
    cursorCard->showAt(current, checked, header->options(), cursor);
}

void WatchPage::Private::onPoints(storage::RunId run)
{
    if (!shows(run)) {
        return;
    }
    const std::size_t curves = lossContent(catalog, current, checked, header->options()).curves.size()
        + memoryContent(catalog, current, header->options()).curves.size();
    if (curves != drawnCurves) {
        rebuild(); // the first value of a metric
        return;
    }
    loss->refresh();
    memory->refresh();
    if (!cardsTimer.isActive()) {
        cardsTimer.start();
    }
}

WatchPage::WatchPage(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_private(std::make_unique<Private>(*this, catalog))
{
}

WatchPage::~WatchPage() = default;

void WatchPage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    Private& d = *m_private;
    const bool other = d.current != current;
    d.current = current;
    d.checked = checked;
    if (other) {
        d.cursor.reset();
    }
    d.rebuild();
    if (other) {
        d.loss->follow();
    }
}

storage::RunId WatchPage::currentRun() const
{
    return m_private->current;
}

void WatchPage::setActiveRun(qint64 run)
{
    m_private->active = run;
    m_private->showCards();
}

void WatchPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (!m_private) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        m_private->header->retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_private->rebuild();
    }
}

void WatchPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_private->stale, false)) {
        m_private->showCards();
    }
}

} // namespace nabiz::ui
