// SPDX-License-Identifier: GPL-3.0-or-later
// The run table's columns, and how selection and groups outlive a reset of the model.
#include "ui/widgets/run_table_view.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QScrollBar>
#include <QSignalBlocker>
#include <algorithm>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;

namespace {

constexpr RunField kShownFirst[] = { RunField::Name, RunField::Starred, RunField::Status, RunField::Best,
    RunField::LastLoss, RunField::MeanLoss, RunField::Batches, RunField::Seconds, RunField::PeakMemory,
    RunField::TokensPerSecond, RunField::Started, RunField::Preset, RunField::Tag, RunField::Note };
constexpr int kMany = 200; // groups, beyond which they begin closed

int charactersOf(const RunColumn& column)
{
    if (column.field == RunField::Name)
        return 30;
    if (column.kind == RunFieldKind::Time)
        return 16;
    if (column.isNumber())
        return 8;
    return column.field == RunField::Note || column.field == RunField::Why ? 26 : 14;
}

} // namespace

int RunTableView::defaultWidth(int column) const
{
    const RunColumn& shown = m_model.columns().at(column);
    if (shown.field == RunField::Starred)
        return 34;
    const QFontMetrics metrics(font());
    const int title = metrics.horizontalAdvance(m_model.columns().title(shown) + QStringLiteral(" ↓²"));
    return std::max(metrics.averageCharWidth() * charactersOf(shown), title + 20);
}

// As wide as it was made; the last one takes the room that is left.
bool RunTableView::isFitted(int column) const
{
    return header()->sectionSize(column) == m_fitted.value(column, -1) || header()->visualIndex(column) == lastShown();
}

int RunTableView::lastShown() const
{
    int last = 0;
    for (int place = 0; place < header()->count(); ++place) {
        if (!isColumnHidden(header()->logicalIndex(place)))
            last = place;
    }
    return last;
}

void RunTableView::fit(int column)
{
    m_fitted[column] = defaultWidth(column);
    header()->resizeSection(column, m_fitted[column]);
}

void RunTableView::retranslate()
{
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (isFitted(column))
            fit(column);
    }
}

void RunTableView::setUpColumns(int from)
{
    for (int column = from; column < m_model.columnCount(); ++column) {
        const auto field = m_model.columns().at(column).field;
        const bool isShown
            = field && std::find(std::begin(kShownFirst), std::end(kShownFirst), *field) != std::end(kShownFirst);
        setColumnHidden(column, !isShown);
        fit(column);
    }
    m_known = m_model.columnCount();
}

void RunTableView::resetColumns()
{
    m_restored = QJsonObject();
    {
        const QSignalBlocker quiet(header());
        for (int column = 0; column < header()->count(); ++column)
            header()->moveSection(header()->visualIndex(column), column);
    }
    setUpColumns(0);
    Q_EMIT layoutEdited();
}

void RunTableView::showOnly(int column, bool shown)
{
    setColumnHidden(column, !shown);
    if (shown) {
        fit(column);
        // Beside the last one shown, not among those that nobody sees.
        setColumnHidden(column, true);
        const int last = lastShown();
        setColumnHidden(column, false);
        if (header()->visualIndex(column) > last + 1)
            header()->moveSection(header()->visualIndex(column), last + 1);
        scrollTo(currentIndex().siblingAtColumn(column));
    }
    Q_EMIT layoutEdited();
}

QJsonObject RunTableView::layoutState() const
{
    QJsonArray columns, sort;
    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        if (!isColumnHidden(column))
            columns.append(
                QJsonArray { m_model.columns().at(column).key, isFitted(column) ? 0 : header()->sectionSize(column) });
    }
    for (const RunSort& item : m_model.sort())
        sort.append(QJsonArray { item.key, item.isDescending });
    return { { QStringLiteral("columns"), columns }, { QStringLiteral("sort"), sort },
        { QStringLiteral("group"), m_model.groupKey() } };
}

void RunTableView::restoreLayout(const QJsonObject& stored)
{
    const QJsonArray columns = stored.value(QLatin1String("columns")).toArray();
    if (columns.isEmpty())
        return; // nothing stored, or not ours
    const QSignalBlocker quiet(this);
    for (int column = 1; column < m_model.columnCount(); ++column)
        setColumnHidden(column, true);
    int place = 0;
    for (const QJsonValue& entry : columns) {
        const int column = m_model.columns().indexOf(entry.toArray().at(0).toString());
        if (column < 0)
            continue; // a parameter that no run of this database has, so far
        setColumnHidden(column, false);
        header()->moveSection(header()->visualIndex(column), place++);
        const int width = entry.toArray().at(1).toInt();
        if (width == 0)
            fit(column);
        else
            header()->resizeSection(column, std::clamp(width, 28, 2000));
    }
    std::vector<RunSort> sort;
    for (const QJsonValue& entry : stored.value(QLatin1String("sort")).toArray())
        sort.push_back({ entry.toArray().at(0).toString(), entry.toArray().at(1).toBool() });
    m_restored = stored;
    m_model.setGroupKey(stored.value(QLatin1String("group")).toString());
    m_model.setSort(std::move(sort));
}

void RunTableView::expandGroups(bool expanded)
{
    for (int row = 0; m_model.isGrouped() && row < m_model.rowCount(); ++row)
        setExpanded(m_model.index(row, 0), expanded);
}

void RunTableView::remember()
{
    m_keptCurrent = currentRun();
    m_keptColumn = std::max(currentIndex().column(), 0);
    m_keptScroll = horizontalScrollBar()->value();
    m_keptSelection.clear();
    for (const QModelIndex& index : selectionModel()->selectedRows())
        m_keptSelection.insert(index.data(RunTableModel::RunIdRole).toLongLong());
    m_keptSelection.erase(0);
}

void RunTableView::reset()
{
    QTreeView::reset();
    if (m_known < m_model.columnCount()) {
        setUpColumns(m_known);
        if (!m_restored.isEmpty())
            restoreLayout(QJsonObject(m_restored));
    }
    const auto& groups = m_model.groups();
    if (m_model.isGrouped()) {
        const QSignalBlocker quiet(this);
        for (std::size_t group = 0; group < groups.size(); ++group) {
            if (groups.size() <= kMany && !m_collapsed.contains(groups[group].key))
                expand(m_model.index(static_cast<int>(group), 0));
        }
    }
    if (const QModelIndex current = m_model.indexOf(m_keptCurrent, m_keptColumn); current.isValid())
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    QItemSelection selection;
    for (const qint64 run : m_keptSelection) {
        if (const QModelIndex index = m_model.indexOf(run); index.isValid())
            selection.select(index, index.siblingAtColumn(m_model.columnCount() - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    executeDelayedItemsLayout();
    horizontalScrollBar()->setValue(m_keptScroll);
}

} // namespace nabiz::ui
