// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_scatter.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/compare/scatter_table.h"
#include "ui/pages/compare/scatter_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTableView>
#include <QToolTip>

#include <algorithm>

namespace nabiz::ui {

namespace {

QString keyOf(storage::RunField field)
{
    const std::string_view key = storage::row(field).key;
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

} // namespace

CompareScatter::CompareScatter(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_controls(new QWidget(this))
    , m_parameters(new QuietComboBox(m_controls))
    , m_figures(new QuietComboBox(m_controls))
    , m_logX(new QPushButton(m_controls))
    , m_logY(new QPushButton(m_controls))
    , m_asTable(new QPushButton(m_controls))
    , m_stack(new QStackedLayout)
    , m_view(new ScatterView(this))
    , m_model(new ScatterTable(catalog, this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(this))
    , m_note(new QLabel(this))
    , m_fillLater(
          [this] {
              if (m_stale && isVisible()) {
                  fillParameters();
              }
          },
          nullptr)
{
    m_parameters->setObjectName(QStringLiteral("scatterParameterBox"));
    m_figures->setObjectName(QStringLiteral("scatterFigureBox"));
    m_logX->setObjectName(QStringLiteral("scatterLogXButton"));
    m_logY->setObjectName(QStringLiteral("scatterLogYButton"));
    m_asTable->setObjectName(QStringLiteral("scatterTableButton"));
    m_view->setObjectName(QStringLiteral("scatterView"));
    m_table->setObjectName(QStringLiteral("scatterTable"));
    m_empty->setObjectName(QStringLiteral("scatterEmptyLabel"));
    m_note->setObjectName(QStringLiteral("scatterNoteLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    Theme::setRole(m_empty, "dim");
    Theme::setRole(m_note, "small");
    m_table->setModel(m_model);
    m_table->setSortingEnabled(true);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    auto* const line = new QHBoxLayout(m_controls);
    line->setContentsMargins(0, 0, 0, 0);
    for (QComboBox* const box : { m_parameters, m_figures }) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(fontMetrics().averageCharWidth() * 34);
        line->addWidget(box);
    }
    m_parameters->setMinimumContentsLength(3); // they give way in a narrow window
    m_figures->setMinimumContentsLength(3);
    for (QPushButton* const button : { m_logX, m_logY, m_asTable }) {
        button->setCheckable(true);
        button->setProperty("segment", true);
        line->addWidget(button);
    }
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_note);
    connectParts();
    retranslateUi();
}

void CompareScatter::connectParts()
{
    connect(m_parameters, &QComboBox::activated, this, [this](int index) {
        m_parameter = m_parameters->itemText(index).toStdString();
        showData();
    });
    connect(m_figures, &QComboBox::activated, this, [this](int index) {
        m_figure = static_cast<storage::RunField>(m_figures->itemData(index).toInt());
        showData();
    });
    for (QPushButton* const button : { m_logX, m_logY, m_asTable }) {
        connect(button, &QPushButton::toggled, this, [this] { showData(); });
    }
    connect(m_view, &ScatterView::runChosen, this, &CompareScatter::runChosen);
    connect(m_view, &ScatterView::runPointed, this, &CompareScatter::tellPointed);
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT runChosen(m_model->run(index.row())); });
    connect(&m_catalog, &RunCatalog::runsReset, this, &CompareScatter::later);
    connect(&m_catalog, &RunCatalog::runAdded, this, &CompareScatter::later);
    connect(&m_catalog, &RunCatalog::runChanged, this, &CompareScatter::later);
    connect(&m_catalog, &RunCatalog::runRemoved, this, &CompareScatter::later);
    connect(&m_catalog, &RunCatalog::parametersChanged, this, &CompareScatter::later);
}

// Many runs may change at once: their points are drawn together, and only while they are looked at.
void CompareScatter::later()
{
    m_stale = true;
    if (isVisible()) {
        m_fillLater.ask();
    }
}

void CompareScatter::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        fillParameters();
    }
}

void CompareScatter::setRuns(std::optional<std::vector<storage::RunId>> runs)
{
    m_runs = std::move(runs);
    later();
}

void CompareScatter::setCurrentRun(storage::RunId run)
{
    m_view->setCurrentRun(run);
}

std::vector<storage::RunId> CompareScatter::runs() const
{
    if (m_runs) {
        return *m_runs;
    }
    std::vector<storage::RunId> all;
    for (const storage::RunOverview& overview : m_catalog.runs()) {
        all.push_back(overview.run.id);
    }
    return all;
}

bool CompareScatter::varies(std::size_t parameter, const std::vector<storage::RunId>& runs) const
{
    const RunParameters::Text* first = nullptr;
    for (const storage::RunId run : runs) {
        const RunParameters::Text* const text = m_catalog.parameters().value(run, parameter);
        if (text && first && text->text != first->text) {
            return true;
        }
        first = first ? first : text;
    }
    return false;
}

void CompareScatter::fillParameters()
{
    m_stale = false;
    const std::vector<std::string>& keys = m_catalog.parameters().keys();
    const std::vector<storage::RunId> shown = runs();
    std::vector<std::pair<bool, std::string>> sorted; // those that do not vary behind
    for (std::size_t i = 0; i < keys.size(); ++i) {
        sorted.emplace_back(!varies(i, shown), keys[i]);
    }
    std::sort(sorted.begin(), sorted.end());
    const bool known = std::any_of(
        sorted.begin(), sorted.end(), [this](const auto& key) { return !key.first && key.second == m_parameter; });
    if (!known && !sorted.empty() && !sorted.front().first && m_parameters->count() == 0) {
        m_parameter = sorted.front().second;
    }
    const QSignalBlocker quiet(m_parameters);
    m_parameters->clear();
    for (const auto& [constant, key] : sorted) {
        if (constant && m_parameters->count() > 0 && m_parameters->findData(false) < 0) {
            m_parameters->insertSeparator(m_parameters->count());
        }
        m_parameters->addItem(QString::fromStdString(key), !constant);
        if (key == m_parameter) {
            m_parameters->setCurrentIndex(m_parameters->count() - 1);
        }
    }
    showData();
}

void CompareScatter::showData()
{
    const std::vector<std::string>& keys = m_catalog.parameters().keys();
    const auto place = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), m_parameter) - keys.begin());
    ScatterData data = scatterOf(m_catalog, runs(), place, m_figure);
    m_logX->setEnabled(data.x.allPositive);
    m_logY->setEnabled(data.y.allPositive);
    m_logX->setVisible(!m_asTable->isChecked());
    m_logY->setVisible(!m_asTable->isChecked());
    const QString parameter = QString::fromStdString(m_parameter);
    m_model->setData(data, m_figure, parameter, figureName(m_figure));
    const QHeaderView* const header = m_table->horizontalHeader();
    m_table->sortByColumn(header->sortIndicatorSection(), header->sortIndicatorOrder());
    const double scale = storage::row(m_figure).kind == storage::RunFieldKind::Bytes ? 1e-9 : 1;
    const int shown = data.points.empty() ? 2 : m_asTable->isChecked() ? 1 : 0;
    const auto runs = static_cast<int>(data.points.size());
    const auto left = static_cast<int>(data.withoutX + data.withoutY);
    const QString figure = figureName(m_figure);
    m_view->setAccessibleDescription(
        tr("%1 against %2: a point a run. Arrow keys go from run to run, Enter chooses one; a table holds the same.")
            .arg(figure, parameter));
    m_view->setData(std::move(data), { m_logX->isChecked(), m_logY->isChecked(), parameter, figure, scale });
    m_stack->setCurrentIndex(shown);
    m_note->setText(left == 0 ? tr("%n run(s)", nullptr, runs)
                              : tr("%n run(s)", nullptr, runs) + QStringLiteral(" · ")
                + tr("%n without a value, not shown", nullptr, left));
    m_note->setVisible(shown != 2);
}

QJsonObject CompareScatter::choices() const
{
    return { { QStringLiteral("parameter"), QString::fromStdString(m_parameter) },
        { QStringLiteral("figure"), keyOf(m_figure) } };
}

void CompareScatter::restoreChoices(const QJsonObject& choices)
{
    if (const QString parameter = choices.value(QStringLiteral("parameter")).toString(); !parameter.isEmpty())
        m_parameter = parameter.toStdString();
    for (const storage::RunField figure : scatterFigures()) {
        if (keyOf(figure) == choices.value(QStringLiteral("figure")).toString())
            m_figure = figure;
    }
    retranslateUi();
}

void CompareScatter::tellPointed(qint64 run)
{
    const storage::RunOverview* const overview = m_catalog.overview(run);
    if (!overview) {
        QToolTip::hideText();
        return;
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->run(row) == run) {
            const auto cell = [this, row](int column) { return m_model->index(row, column).data().toString(); };
            const QString text = QStringLiteral("%1\n%2: %3\n%4: %5")
                                     .arg(cell(0).left(80), QString::fromStdString(m_parameter), cell(1),
                                         figureName(m_figure), cell(2));
            m_note->setText(QString(text).replace(u'\n', QStringLiteral(" · ")));
            QToolTip::showText(QCursor::pos(), text, m_view);
            return;
        }
    }
}

void CompareScatter::retranslateUi()
{
    m_parameters->setAccessibleName(tr("Parameter, the x axis"));
    m_figures->setAccessibleName(tr("Figure, the y axis"));
    m_view->setAccessibleName(tr("Scatter of runs"));
    m_table->setAccessibleName(tr("Scatter of runs, as a table"));
    m_logX->setText(tr("log x"));
    m_logY->setText(tr("log y"));
    m_asTable->setText(tr("table"));
    m_asTable->setToolTip(tr("The points as a table"));
    m_empty->setText(tr("No run has both this parameter and this figure."));
    const QSignalBlocker quiet(m_figures);
    m_figures->clear();
    for (const storage::RunField figure : scatterFigures()) {
        m_figures->addItem(figureName(figure), static_cast<int>(figure));
        if (figure == m_figure) {
            m_figures->setCurrentIndex(m_figures->count() - 1);
        }
    }
    m_stale = false;
    later();
}

} // namespace nabiz::ui
