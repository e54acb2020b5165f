// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/run_table_columns.h"

#include "ui/models/run_table_model.h"
#include "ui/text/message_text.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QSignalBlocker>
#include <QTreeView>
#include <algorithm>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;

namespace {

constexpr RunField kShownFirst[] = { RunField::Name, RunField::Starred, RunField::Status, RunField::Best,
    RunField::LastLoss, RunField::MeanLoss, RunField::Batches, RunField::Seconds, RunField::PeakMemory,
    RunField::TokensPerSecond, RunField::Started, RunField::Reason, RunField::Preset, RunField::Tag, RunField::Note };

constexpr int kAround = 20; // a text, in pixels

int charactersOf(const RunColumn& column)
{
    if (column.field == RunField::Name)
        return 30;
    if (column.kind == RunFieldKind::Time)
        return 16;
    if (column.isNumber())
        return 8;
    const bool isSentence
        = column.field == RunField::Note || column.field == RunField::Why || column.field == RunField::Reason;
    return isSentence ? 26 : 14;
}

} // namespace

RunTableColumns::RunTableColumns(QTreeView& view, RunTableModel& model)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
{
}

void RunTableColumns::addNew()
{
    if (m_known < m_model.columnCount()) {
        setUp(m_known);
        if (!m_restored.isEmpty())
            restore(QJsonObject(m_restored));
    }
}

int RunTableColumns::defaultWidth(int column) const
{
    const RunColumn& shown = m_model.columns().at(column);
    if (shown.field == RunField::Starred)
        return 34;
    const QFontMetrics metrics(m_view.font());
    const int title = metrics.horizontalAdvance(m_model.columns().title(shown) + QStringLiteral(" ↓²"));
    int widest = metrics.averageCharWidth() * charactersOf(shown);
    if (shown.field == RunField::Status) {
        for (int status = 0; status <= static_cast<int>(storage::RunStatus::Reference); ++status) {
            const QString name = statusName(static_cast<storage::RunStatus>(status));
            widest = std::max(widest, metrics.horizontalAdvance(name) + kAround);
        }
    }
    return std::max(widest, title + kAround);
}

// As wide as it was made; the last one takes the room that is left.
bool RunTableColumns::isFitted(int column) const
{
    return m_view.header()->sectionSize(column) == m_fitted.value(column, -1)
        || m_view.header()->visualIndex(column) == lastShown();
}

int RunTableColumns::lastShown() const
{
    int last = 0;
    for (int place = 0; place < m_view.header()->count(); ++place) {
        if (!m_view.isColumnHidden(m_view.header()->logicalIndex(place)))
            last = place;
    }
    return last;
}

void RunTableColumns::fit(int column)
{
    m_fitted[column] = defaultWidth(column);
    m_view.header()->resizeSection(column, m_fitted[column]);
}

void RunTableColumns::retranslate()
{
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (isFitted(column))
            fit(column);
    }
}

void RunTableColumns::setUp(int from)
{
    for (int column = from; column < m_model.columnCount(); ++column) {
        const auto field = m_model.columns().at(column).field;
        const bool isShown
            = field && std::find(std::begin(kShownFirst), std::end(kShownFirst), *field) != std::end(kShownFirst);
        m_view.setColumnHidden(column, !isShown);
        fit(column);
    }
    m_known = m_model.columnCount();
}

void RunTableColumns::reset()
{
    m_restored = QJsonObject();
    {
        const QSignalBlocker quiet(m_view.header());
        for (int column = 0; column < m_view.header()->count(); ++column)
            m_view.header()->moveSection(m_view.header()->visualIndex(column), column);
    }
    setUp(0);
    Q_EMIT edited();
}

bool RunTableColumns::isShown(int column) const
{
    return !m_view.isColumnHidden(column);
}

void RunTableColumns::showOnly(int column, bool shown)
{
    m_view.setColumnHidden(column, !shown);
    if (shown) {
        fit(column);
        // Beside the last one shown, not among those that nobody sees.
        m_view.setColumnHidden(column, true);
        const int last = lastShown();
        m_view.setColumnHidden(column, false);
        if (m_view.header()->visualIndex(column) > last + 1)
            m_view.header()->moveSection(m_view.header()->visualIndex(column), last + 1);
        m_view.scrollTo(m_view.currentIndex().siblingAtColumn(column));
    }
    Q_EMIT edited();
}

QJsonObject RunTableColumns::state() const
{
    QJsonArray columns, sort;
    for (int place = 0; place < m_view.header()->count(); ++place) {
        const int column = m_view.header()->logicalIndex(place);
        if (!m_view.isColumnHidden(column))
            columns.append(QJsonArray {
                m_model.columns().at(column).key, isFitted(column) ? 0 : m_view.header()->sectionSize(column) });
    }
    for (const RunSort& item : m_model.sorting())
        sort.append(QJsonArray { item.key, item.isDescending });
    return { { QStringLiteral("columns"), columns }, { QStringLiteral("sort"), sort },
        { QStringLiteral("group"), m_model.groupKey() } };
}

void RunTableColumns::restore(const QJsonObject& stored)
{
    const QJsonArray columns = stored.value(QLatin1String("columns")).toArray();
    if (columns.isEmpty())
        return; // nothing stored, or not ours
    const QSignalBlocker quiet(&m_view);
    for (int column = 1; column < m_model.columnCount(); ++column)
        m_view.setColumnHidden(column, true);
    int place = 0;
    for (const QJsonValue& entry : columns) {
        const int column = m_model.columns().indexOf(entry.toArray().at(0).toString());
        if (column < 0)
            continue; // a parameter that no run of this database has, so far
        m_view.setColumnHidden(column, false);
        m_view.header()->moveSection(m_view.header()->visualIndex(column), place++);
        const int width = entry.toArray().at(1).toInt();
        if (width == 0)
            fit(column);
        else
            m_view.header()->resizeSection(column, std::clamp(width, 28, 2000));
    }
    std::vector<RunSort> sort;
    for (const QJsonValue& entry : stored.value(QLatin1String("sort")).toArray())
        sort.push_back({ entry.toArray().at(0).toString(), entry.toArray().at(1).toBool() });
    m_restored = stored;
    m_model.setGroupKey(stored.value(QLatin1String("group")).toString());
    m_model.setSort(std::move(sort));
}

} // namespace nabiz::ui
