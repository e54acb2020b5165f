// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_page.h"

#include "ui/charts/plot_view.h"
#include "ui/models/comparison_model.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare_content.h"
#include "ui/pages/compare_delegate.h"
#include "ui/pages/compare_legend.h"
#include "ui/pages/watch_content.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/message_text.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr XUnit kUnits[] = { XUnit::Batch, XUnit::Step, XUnit::Time };
constexpr int kTableMs = 500;

} // namespace

class ComparePage::Private {
public:
    Private(ComparePage& page, RunCatalog& runs);

    void assemble();
    QWidget* makeHeader();
    QWidget* makeTable();
    void connectParts();
    // The checked runs that are loaded, the baseline first.
    std::vector<storage::RunId> ordered() const;
    void rebuild();
    void fillBoxes();
    void showChart();
    void showTable();
    void retranslate();

    ComparePage& q;
    RunCatalog& catalog;
    std::vector<storage::RunId> checked;
    storage::RunId baseline = 0;
    CompareOptions options;
    QTimer tableTimer;

    QStackedLayout* stack = nullptr;
    QLabel* emptyText = nullptr;
    QLabel* title = nullptr;
    QLabel* baselineLabel = nullptr;
    QComboBox* baselineBox = nullptr;
    QComboBox* metricBox = nullptr;
    QComboBox* xUnitBox = nullptr;
    QPushButton* logButton = nullptr;
    QPushButton* reportButton = nullptr;
    PlotView* chart = nullptr;
    CompareLegend* legend = nullptr;
    ComparisonModel* model = nullptr;
    QTableView* table = nullptr;
};

ComparePage::Private::Private(ComparePage& page, RunCatalog& runs)
    : q(page)
    , catalog(runs)
{
    tableTimer.setSingleShot(true);
    tableTimer.setInterval(kTableMs);
    assemble();
    connectParts();
    retranslate();
    rebuild();
}

void ComparePage::Private::assemble()
{
    stack = new QStackedLayout(&q);
    auto* const empty = new QWidget(&q);
    auto* const emptyLayout = new QVBoxLayout(empty);
    emptyText = new QLabel(empty);
    emptyText->setObjectName(QStringLiteral("emptyText"));
    emptyText->setWordWrap(true);
    emptyText->setAlignment(Qt::AlignCenter);
    Theme::setRole(emptyText, "dim");
    emptyLayout->addWidget(emptyText);
    stack->addWidget(empty);

    auto* const page = new QWidget(&q);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(makeHeader());
    auto* const splitter = new QSplitter(Qt::Vertical, page);
    splitter->setHandleWidth(12);
    splitter->setChildrenCollapsible(false);
    auto* const card = new Card(splitter);
    chart = new PlotView(card);
    chart->setObjectName(QStringLiteral("compareChart"));
    legend = new CompareLegend(card);
    card->body()->addWidget(chart, 1);
    card->body()->addWidget(legend);
    splitter->addWidget(card);
    splitter->addWidget(makeTable());
    splitter->setStretchFactor(0, 55);
    splitter->setStretchFactor(1, 45);
    splitter->setSizes({ 550, 450 });
    layout->addWidget(splitter, 1);
    stack->addWidget(page);
}

QWidget* ComparePage::Private::makeHeader()
{
    auto* const header = new QWidget(&q);
    auto* const line = new QHBoxLayout(header);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    title = new QLabel(header);
    Theme::setRole(title, "title");
    baselineLabel = new QLabel(header);
    Theme::setRole(baselineLabel, "dim");
    const auto box = [header](const char* name) {
        auto* const made = new QuietComboBox(header);
        made->setObjectName(QLatin1String(name));
        made->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        return made;
    };
    baselineBox = box("baselineBox");
    metricBox = box("metricBox");
    xUnitBox = box("xUnitBox");
    baselineLabel->setBuddy(baselineBox);
    logButton = new QPushButton(header);
    logButton->setObjectName(QStringLiteral("logButton"));
    logButton->setCheckable(true);
    logButton->setChecked(options.logY);
    logButton->setProperty("segment", true);
    reportButton = new QPushButton(header);
    reportButton->setObjectName(QStringLiteral("reportButton"));
    Theme::setAccent(reportButton);
    line->addWidget(title);
    line->addWidget(baselineLabel);
    line->addWidget(baselineBox);
    line->addStretch(1);
    line->addWidget(metricBox);
    line->addWidget(xUnitBox);
    line->addWidget(logButton);
    line->addWidget(reportButton);
    return header;
}

QWidget* ComparePage::Private::makeTable()
{
    auto* const card = new Card(&q);
    model = new ComparisonModel(card);
    table = new QTableView(card);
    table->setObjectName(QStringLiteral("compareTable"));
    table->setModel(model);
    table->setItemDelegate(new CompareDelegate(table));
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setMinimumSectionSize(q.fontMetrics().averageCharWidth() * 12);
    card->body()->addWidget(table);
    return card;
}

void ComparePage::Private::connectParts()
{
    connect(&tableTimer, &QTimer::timeout, &q, [this] { showTable(); });
    connect(reportButton, &QPushButton::clicked, &q, &ComparePage::reportRequested);
    connect(baselineBox, &QComboBox::activated, &q, [this](int index) {
        baseline = baselineBox->itemData(index).toLongLong();
        rebuild();
    });
    connect(metricBox, &QComboBox::activated, &q, [this](int index) {
        options.metric = metricBox->itemData(index).toString().toStdString();
        rebuild();
    });
    connect(xUnitBox, &QComboBox::activated, &q, [this](int index) {
        options.xUnit = kUnits[index];
        showChart();
    });
    connect(logButton, &QPushButton::toggled, &q, [this](bool on) {
        options.logY = on;
        showChart();
    });
    connect(chart, &PlotView::logRequested, logButton, &QPushButton::toggle);
    connect(chart, &PlotView::cursorMoved, legend, &CompareLegend::showAt);
    connect(legend, &CompareLegend::toggled, &q, [this](qint64 run, bool shown) {
        shown ? static_cast<void>(options.hidden.erase(run)) : static_cast<void>(options.hidden.insert(run));
        showChart();
    });
    const auto changed = [this](qint64 run) {
        if (std::find(checked.begin(), checked.end(), run) != checked.end()) {
            rebuild();
        }
    };
    connect(&catalog, &RunCatalog::runChanged, &q, changed);
    connect(&catalog, &RunCatalog::detailLoaded, &q, changed);
    connect(&catalog, &RunCatalog::runsReset, &q, [this] { rebuild(); });
    connect(&catalog, &RunCatalog::runRemoved, &q, [this](qint64 run) {
        std::erase(checked, run);
        rebuild();
    });
    connect(&catalog, &RunCatalog::pointsAppended, &q, [this](qint64 run) {
        if (std::find(checked.begin(), checked.end(), run) == checked.end()) {
            return;
        }
        chart->refresh();
        if (!tableTimer.isActive()) {
            tableTimer.start();
        }
    });
}

std::vector<storage::RunId> ComparePage::Private::ordered() const
{
    std::vector<storage::RunId> runs;
    for (const storage::RunId run : checked) {
        if (catalog.detail(run)) {
            runs.push_back(run);
        }
    }
    const auto first = std::find(runs.begin(), runs.end(), baseline);
    if (first != runs.end()) {
        std::rotate(runs.begin(), first, first + 1);
    }
    return runs;
}

void ComparePage::Private::rebuild()
{
    std::erase_if(checked, [this](storage::RunId run) { return !catalog.overview(run); });
    for (const storage::RunId run : std::vector(checked)) {
        catalog.requireDetail(run);
        for (const std::string& metric : { options.metric, std::string("loss"), std::string("val.loss") }) {
            catalog.requireWhole(run, metric);
        }
    }
    const bool enough = checked.size() >= 2;
    if (std::find(checked.begin(), checked.end(), baseline) == checked.end()) {
        // What a new run is compared with is the one that was there before it.
        baseline = enough ? *std::min_element(checked.begin(), checked.end()) : 0;
    }
    stack->setCurrentIndex(enough ? 1 : 0);
    fillBoxes();
    showChart();
    showTable();
}

void ComparePage::Private::fillBoxes()
{
    baselineBox->clear();
    for (const storage::RunId run : checked) {
        baselineBox->addItem(QString::fromStdString(catalog.overview(run)->run.name), static_cast<qlonglong>(run));
        if (run == baseline) {
            baselineBox->setCurrentIndex(baselineBox->count() - 1);
        }
    }
    metricBox->clear();
    for (const std::string& metric : commonMetrics(catalog, checked)) {
        metricBox->addItem(tr("metric: %1").arg(metricLabel(metric)), QString::fromStdString(metric));
        if (metric == options.metric) {
            metricBox->setCurrentIndex(metricBox->count() - 1);
        }
    }
}

void ComparePage::Private::showChart()
{
    const std::vector<storage::RunId> runs = ordered();
    chart->setContent(compareContent(catalog, runs, options));
    const bool allLoaded = runs.size() == checked.size();
    chart->setEmptyText(allLoaded ? tr("No curve to show: all are hidden, or none of these runs has this metric.")
                                  : tr("Reading the runs …"));
    legend->setRuns(catalog, runs, options);
    legend->showAt(chart->cursorX());
}

void ComparePage::Private::showTable()
{
    std::vector<const RunDetail*> details;
    for (const storage::RunId run : ordered()) {
        details.push_back(catalog.detail(run));
    }
    model->setComparison(compareRuns(details));
    QHeaderView* const columns = table->horizontalHeader();
    for (int column = 0; column < model->columnCount(); ++column) {
        columns->setSectionResizeMode(column, column == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    }
}

void ComparePage::Private::retranslate()
{
    emptyText->setText(tr("Check two or more runs in the list: their curves, the settings they differ in and their "
                          "results will stand here side by side."));
    title->setText(tr("Compare"));
    baselineLabel->setText(tr("baseline"));
    baselineBox->setAccessibleName(tr("Baseline"));
    metricBox->setAccessibleName(tr("Metric of the chart"));
    xUnitBox->setAccessibleName(tr("Unit of the x axis"));
    logButton->setText(tr("log y"));
    logButton->setToolTip(tr("Logarithmic axis (L)"));
    reportButton->setText(tr("Report …"));
    table->setAccessibleName(tr("Settings that differ, and results"));
    xUnitBox->clear();
    for (const XUnit unit : kUnits) {
        xUnitBox->addItem(tr("x: %1").arg(xUnitName(unit)));
        if (unit == options.xUnit) {
            xUnitBox->setCurrentIndex(xUnitBox->count() - 1);
        }
    }
}

ComparePage::ComparePage(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_private(std::make_unique<Private>(*this, catalog))
{
}

ComparePage::~ComparePage() = default;

void ComparePage::showRuns(const std::vector<storage::RunId>& checked)
{
    if (m_private->checked == checked) {
        return;
    }
    m_private->checked = checked;
    m_private->rebuild();
    m_private->chart->follow();
}

storage::RunId ComparePage::baseline() const
{
    return m_private->baseline;
}

void ComparePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (!m_private) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        m_private->retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_private->rebuild();
    }
}

void ComparePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_private->showTable();
}

} // namespace nabiz::ui
