// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_grid.h"

#include "ui/models/group_members.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/grid_map.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

QString shortKey(const std::string& key)
{
    return QString::fromStdString(key.substr(key.find('.') + 1));
}

QString lossWithInterval(const GridCell& cell)
{
    if (!cell.mean)
        return QStringLiteral("–");
    return numberText(*cell.mean) + (cell.half ? QStringLiteral(" ± ") + numberText(*cell.half, 2) : QString());
}

QString stateOf(const GridCell& cell)
{
    QStringList parts { CompareGrid::tr("%n seed(s)", nullptr, static_cast<int>(cell.counted)) };
    if (cell.live > 0)
        parts.append(CompareGrid::tr("%n to come", nullptr, static_cast<int>(cell.live)));
    if (cell.lost > 0)
        parts.append(CompareGrid::tr("%n failed or diverged", nullptr, static_cast<int>(cell.lost)));
    return parts.join(QStringLiteral(", "));
}

} // namespace

CompareGrid::CompareGrid(const RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_controls(new QWidget(this))
    , m_groupLabel(new QLabel(m_controls))
    , m_groups(new QuietComboBox(m_controls))
    , m_sentence(new QLabel(this))
    , m_table(new QTableWidget(this))
    , m_map(new GridMap(this))
{
    assemble();
    connect(m_groups, &QComboBox::activated, this, [this](int index) {
        const QList<qint64> runs = runsOfGroup(m_catalog, m_groups->itemData(index).toString().toStdString());
        if (!runs.isEmpty())
            Q_EMIT groupChosen(runs);
    });
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) { choose(row); });
    connect(m_map, &GridMap::cellChosen, this, [this](int cell) {
        m_table->selectRow(cell);
        choose(cell);
    });
}

void CompareGrid::assemble()
{
    m_groups->setObjectName(QStringLiteral("gridGroupBox"));
    m_groups->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_groups->setMaximumWidth(fontMetrics().averageCharWidth() * 34);
    m_groupLabel->setBuddy(m_groups);
    auto* const line = new QHBoxLayout(m_controls);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_groupLabel);
    line->addWidget(m_groups);
    m_sentence->setObjectName(QStringLiteral("gridSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_table->setObjectName(QStringLiteral("gridTable"));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_map->setObjectName(QStringLiteral("gridMap"));
    auto* const middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(m_table, 3);
    middle->addWidget(m_map, 2);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_sentence);
    layout->addLayout(middle, 1);
}

void CompareGrid::showRuns(const std::vector<storage::RunId>& runs)
{
    m_runs = runs;
    std::vector<GridRun> loaded;
    for (const storage::RunId run : runs) {
        const RunDetail* const detail = m_catalog.detail(run);
        if (detail && !detail->parameters.empty())
            loaded.push_back({ &detail->overview, &detail->parameters });
    }
    m_cells = gridCells(loaded);
    fillGroups();
    fillTable();
    const QString loss = m_cells.isValidation ? tr("best validation loss") : tr("mean of the last losses");
    m_map->setGrid(m_cells, loss);
    m_map->setVisible(m_map->hasPicture());
    m_map->setAccessibleName(tr("The cells of the grid"));
    m_sentence->setText(sentence());
    m_map->setAccessibleDescription(m_sentence->text());
}

// The one that all are of is chosen.
void CompareGrid::fillGroups()
{
    QStringList groups;
    std::string common;
    bool isOne = !m_runs.empty();
    for (const storage::RunOverview& overview : m_catalog.runs()) {
        const QString group = QString::fromStdString(overview.run.group);
        if (!group.isEmpty() && !groups.contains(group))
            groups.append(group);
        if (std::ranges::find(m_runs, overview.run.id) != m_runs.end()) {
            isOne = isOne && !overview.run.group.empty() && (common.empty() || common == overview.run.group);
            common = overview.run.group;
        }
    }
    const QString chosen = isOne ? QString::fromStdString(common) : QString();
    const QSignalBlocker quiet(m_groups);
    m_groups->clear();
    m_groups->addItem(groups.isEmpty() ? tr("no groups yet") : tr("the runs compared"), QString());
    for (const QString& group : groups)
        m_groups->addItem(shortName(group), group);
    m_groups->setCurrentIndex(std::max(0, m_groups->findData(chosen)));
    m_groups->setEnabled(!groups.isEmpty());
}

void CompareGrid::fillTable()
{
    QStringList titles;
    for (const std::string& key : m_cells.keys)
        titles.append(shortKey(key));
    titles << (m_cells.isValidation ? tr("Best validation loss") : tr("Mean of the last losses")) << tr("Seeds");
    const int selected = m_table->currentRow();
    m_table->clear();
    m_table->setColumnCount(static_cast<int>(titles.size()));
    m_table->setRowCount(static_cast<int>(m_cells.cells.size()));
    m_table->setHorizontalHeaderLabels(titles);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const GridCell& cell = m_cells.cells[static_cast<std::size_t>(row)];
        const bool isBest = m_cells.best == static_cast<std::size_t>(row);
        QStringList texts;
        for (const std::string& value : cell.values)
            texts.append(QString::fromStdString(value));
        texts << lossWithInterval(cell) + (isBest ? QStringLiteral("  ★") : QString()) << stateOf(cell);
        for (int column = 0; column < texts.size(); ++column) {
            auto* const item = new QTableWidgetItem(texts[column]);
            item->setToolTip(texts[column].toHtmlEscaped());
            if (isBest) {
                item->setFont(Theme::strongFont());
                item->setForeground(Theme::colors().good);
            }
            m_table->setItem(row, column, item);
        }
    }
    m_table->resizeColumnsToContents();
    m_table->selectRow(selected);
}

QString CompareGrid::cellName(const GridCell& cell) const
{
    QStringList parts;
    for (std::size_t key = 0; key < m_cells.keys.size(); ++key)
        parts.append(shortKey(m_cells.keys[key]) + u'=' + QString::fromStdString(cell.values[key]));
    return parts.join(QStringLiteral(", "));
}

QString CompareGrid::sentence() const
{
    if (m_cells.keys.empty())
        return tr("These runs differ in no setting but the seed: there is one cell.");
    if (!m_cells.best)
        return tr("No cell has come to its end with a loss yet.");
    const GridCell& best = m_cells.cells[*m_cells.best];
    QString text = best.half ? tr("Best of %1: %2 with %3 (mean and 95 % interval over %n seed(s)).", nullptr,
                                   static_cast<int>(best.counted))
                             : tr("Best of %1: %2 with %3 (one seed: no interval).");
    text = text.arg(QString::number(m_cells.cells.size()), shortName(cellName(best)), lossWithInterval(best));
    if (!m_cells.second)
        return text;
    const GridCell& second = m_cells.cells[*m_cells.second];
    text += u' '
        + (m_cells.canTell ? tr("That is better than the next, %1 with %2, by more than the seeds spread.")
                           : tr("It cannot be told from the next, %1 with %2."))
              .arg(shortName(cellName(second)), lossWithInterval(second));
    return m_cells.keys.size() > 2
        ? text + u' ' + tr("A map needs one or two settings that vary; here %1 do.").arg(m_cells.keys.size())
        : text;
}

void CompareGrid::choose(int cell)
{
    if (cell >= 0 && static_cast<std::size_t>(cell) < m_cells.cells.size())
        Q_EMIT runChosen(m_cells.cells[static_cast<std::size_t>(cell)].runs.front());
}

void CompareGrid::retranslateUi()
{
    m_groupLabel->setText(tr("Group"));
    m_groups->setAccessibleName(tr("Group of runs"));
    m_groups->setToolTip(tr("Compares all runs of a group, such as the cells of a grid"));
    m_table->setAccessibleName(tr("The cells of the grid"));
    showRuns(std::vector(m_runs));
}

} // namespace nabiz::ui
