// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison_model.h"

#include "ui/text/number_text.h"
#include "ui/text/outcome_text.h"

#include <QStringList>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr quintptr kTop = 0; // a setting's id is 1 + its section

QString nameOf(const std::string& name)
{
    constexpr qsizetype kMost = 60;
    const QString whole = QString::fromStdString(name);
    return whole.size() > kMost ? whole.left(kMost - 1) + QChar(0x2026) : whole;
}

QVariant alignment(int column)
{
    return QVariant(column == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

void ComparisonModel::setComparison(Comparison comparison)
{
    if (comparison.nested) {
        std::stable_sort(comparison.settings.rows.begin(), comparison.settings.rows.end(),
            [](const SettingRow& a, const SettingRow& b) { return a.section() < b.section(); });
    }
    const auto sameKeys = [](const Comparison& a, const Comparison& b) {
        return a.nested == b.nested
            && std::equal(a.settings.rows.begin(), a.settings.rows.end(), b.settings.rows.begin(),
                b.settings.rows.end(), [](const auto& x, const auto& y) { return x.key == y.key; });
    };
    const auto sameRuns = [](const Comparison& a, const Comparison& b) {
        return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
            [](const auto& x, const auto& y) { return x.runs == y.runs; });
    };
    if (sameKeys(comparison, m_comparison) && sameRuns(comparison, m_comparison)
        && comparison.outcomes.size() == m_comparison.outcomes.size()) {
        m_comparison = std::move(comparison);
        if (rowCount() > 0 && columnCount() > 0) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            for (int row = 0; row < static_cast<int>(m_sections.size()); ++row) {
                const QModelIndex section = index(row, 0);
                Q_EMIT dataChanged(
                    index(0, 0, section), index(rowCount(section) - 1, columnCount(section) - 1, section));
            }
            Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        }
        return;
    }
    beginResetModel();
    m_comparison = std::move(comparison);
    m_sections.clear();
    if (m_comparison.nested) {
        for (std::size_t i = 0; i < m_comparison.settings.rows.size(); ++i) {
            const std::string name = m_comparison.settings.rows[i].section();
            if (m_sections.empty() || m_sections.back().name != name) {
                m_sections.push_back({ name, i, 0 });
            }
            ++m_sections.back().count;
        }
    }
    endResetModel();
}

int ComparisonModel::settingsOnTop() const
{
    return static_cast<int>(m_comparison.nested ? m_sections.size() : m_comparison.settings.rows.size());
}

QModelIndex ComparisonModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kTop);
}

QModelIndex ComparisonModel::parent(const QModelIndex& index) const
{
    return !index.isValid() || index.internalId() == kTop
        ? QModelIndex()
        : createIndex(static_cast<int>(index.internalId()) - 1, 0, kTop);
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return settingsOnTop() + static_cast<int>(m_comparison.outcomes.size());
    }
    const bool isSection
        = parent.internalId() == kTop && parent.column() == 0 && m_comparison.nested && parent.row() < settingsOnTop();
    return isSection ? static_cast<int>(m_sections[static_cast<std::size_t>(parent.row())].count) : 0;
}

int ComparisonModel::columnCount(const QModelIndex&) const
{
    return m_comparison.columns.empty() ? 0 : static_cast<int>(m_comparison.columns.size()) + 1;
}

const SettingRow* ComparisonModel::setting(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (index.internalId() != kTop) {
        return &m_comparison.settings.rows[m_sections[index.internalId() - 1].first + row];
    }
    return !m_comparison.nested && index.row() < settingsOnTop() ? &m_comparison.settings.rows[row] : nullptr;
}

const OutcomeRow* ComparisonModel::outcome(const QModelIndex& index) const
{
    const int row = index.row() - settingsOnTop();
    return index.internalId() == kTop && row >= 0 ? &m_comparison.outcomes[static_cast<std::size_t>(row)] : nullptr;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignment(index.column());
    }
    if (const SettingRow* const row = setting(index)) {
        return settingData(*row, index.column(), role);
    }
    const OutcomeRow* const row = outcome(index);
    if (!row) {
        return sectionData(m_sections[static_cast<std::size_t>(index.row())], index.column(), role);
    }
    if (index.column() == 0) {
        return role == Qt::DisplayRole || role == ValueRole ? outcomeName(*row)
            : role == Qt::ToolTipRole                       ? outcomeHelp(*row)
                                                            : QVariant();
    }
    const auto column = static_cast<std::size_t>(index.column() - 1);
    const OutcomeText text = outcomeText(*row, column);
    const bool best = row->best == column;
    switch (role) {
    case ValueRole:
        return text.value;
    case PlaceRole:
        return text.place;
    case ChangeRole:
        return text.change;
    case BetterRole:
        return text.better;
    case BestRole:
        return best;
    case Qt::DisplayRole: {
        QStringList parts { text.value, best ? QStringLiteral("★") : QString(), text.place, text.change };
        parts.removeAll(QString());
        return parts.join(QLatin1Char(' '));
    }
    default:
        return {};
    }
}

QVariant ComparisonModel::sectionData(const Section& section, int column, int role) const
{
    if (role == SectionRole) {
        return true;
    }
    if (column > 0 || (role != Qt::DisplayRole && role != ValueRole)) {
        return {};
    }
    const auto begin = m_comparison.settings.rows.begin() + static_cast<std::ptrdiff_t>(section.first);
    const auto differing = std::count_if(
        begin, begin + static_cast<std::ptrdiff_t>(section.count), [](const SettingRow& row) { return row.differs; });
    return tr("%1 · %2 of %3 differ")
        .arg(QString::fromStdString(section.name))
        .arg(differing)
        .arg(static_cast<qulonglong>(section.count));
}

QVariant ComparisonModel::settingData(const SettingRow& row, int column, int role) const
{
    if (role == KeyRole) {
        return QString::fromStdString(row.key);
    }
    if (role == EqualRole) {
        return !row.differs;
    }
    if (column == 0) {
        const bool shown = role == Qt::DisplayRole || role == ValueRole || role == Qt::ToolTipRole;
        return shown ? QString::fromStdString(row.key) : QVariant();
    }
    const SettingCell& cell = row.cells[static_cast<std::size_t>(column - 1)];
    const QString value = cell.value.empty() ? QStringLiteral("—") : QString::fromStdString(cell.value);
    const QString declared
        = cell.declared.empty() ? QString() : tr("declared %1").arg(QString::fromStdString(cell.declared));
    switch (role) {
    case ValueRole:
        return value;
    case PlaceRole:
        return declared;
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return declared.isEmpty() ? value : value + QLatin1Char(' ') + declared;
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignment(section);
    }
    if (section == 0) {
        return role == Qt::DisplayRole
            ? tr("equal settings: %1").arg(countText(static_cast<qint64>(m_comparison.settings.equal)))
            : QVariant();
    }
    const ComparisonColumn& column = m_comparison.columns[static_cast<std::size_t>(section - 1)];
    const QString seeds = column.runs.size() > 1
        ? QStringLiteral(" · ") + tr("%n seed(s)", nullptr, static_cast<int>(column.runs.size()))
        : QString();
    switch (role) {
    case Qt::DisplayRole:
        return (section == 1 ? tr("%1 (baseline)").arg(nameOf(column.name)) : nameOf(column.name)) + seeds;
    case Qt::ToolTipRole:
        return QString::fromStdString(column.name);
    case ColorRole:
        return column.color;
    default:
        return {};
    }
}

} // namespace nabiz::ui
