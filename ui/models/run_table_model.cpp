// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_model.h"

#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;
using storage::RunOverview;

namespace {

constexpr qsizetype kLongest = 300; // characters of a cell that are laid out

// A name of a thousand characters, or of several lines, is one short line in a cell; its tool tip has more of it.
QString oneLine(QString text)
{
    if (text.size() > kLongest)
        text = text.left(text.at(kLongest - 1).isHighSurrogate() ? kLongest - 1 : kLongest) + u'…';
    return text.replace(u'\n', u' ').replace(u'\r', u' ').replace(u'\t', u' ');
}

QStringList tagsFrom(const QString& text)
{
    QStringList tags;
    for (const QString& part : text.split(u',')) {
        if (const QString tag = part.simplified(); !tag.isEmpty() && !tags.contains(tag))
            tags.append(tag);
    }
    return tags;
}

QString joined(const std::vector<std::string>& tags)
{
    QStringList texts;
    for (const std::string& tag : tags)
        texts.append(QString::fromStdString(tag));
    return texts.join(QStringLiteral(", "));
}

// ↑ or ↓, and its place where there are several: ↓².
QString sortMark(const std::vector<RunSort>& sort, const QString& key)
{
    static const QString kPlaces = QStringLiteral("¹²³⁴⁵⁶⁷⁸⁹");
    const auto found = std::find_if(sort.begin(), sort.end(), [&](const RunSort& item) { return item.key == key; });
    if (found == sort.end())
        return {};
    const auto place = std::min<qsizetype>(found - sort.begin(), kPlaces.size() - 1);
    return QStringLiteral(" ") + (found->isDescending ? u'↓' : u'↑')
        + (sort.size() > 1 ? kPlaces.mid(place, 1) : QString());
}

} // namespace

RunTableModel::RunTableModel(RunCatalog& catalog, CheckedRuns& checked, QObject* parent)
    : RunTableRows(catalog, parent)
    , m_catalog(catalog)
    , m_checked(checked)
{
    connect(&checked, &CheckedRuns::changed, this, [this] {
        for (std::size_t group = 0; group < groups().size(); ++group) {
            const QModelIndex parent = groupIndex(group);
            if (!groups().at(group).runs.empty())
                Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, 0, parent), { Qt::CheckStateRole });
        }
    });
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qint64 run = runAt(index);
    if (run == 0)
        return groupData(groups().at(static_cast<std::size_t>(index.row())), index.column(), role);
    const RunOverview* overview = m_catalog.overview(run);
    return overview ? runData(*overview, index.column(), role) : QVariant();
}

QVariant RunTableModel::groupData(const RunGroup& group, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == 0 ? oneLine(group.title) : QString();
    case RunIdRole:
        return 0;
    case GroupCountRole:
        return static_cast<int>(group.runs.size());
    case GroupBestRole:
    case GroupMeanRole: {
        double sum = 0, best = 0;
        int count = 0;
        for (const storage::RunId run : group.runs) {
            const RunOverview* overview = m_catalog.overview(run);
            const auto value = overview ? storage::fieldNumber(*overview, RunField::Best) : std::nullopt;
            if (!value)
                continue;
            best = count == 0 ? *value : std::min(best, *value);
            sum += *value;
            ++count;
        }
        return count == 0 ? QString() : numberText(role == GroupBestRole ? best : sum / count);
    }
    default:
        return {};
    }
}

QString RunTableModel::plainText(qint64 run, const RunColumn& column) const
{
    const RunOverview* overview = m_catalog.overview(run);
    return overview ? columns().plainText(column, *overview) : QString();
}

QStringList RunTableModel::values(const QString& key, qsizetype most) const
{
    const int index = columns().indexOf(key);
    if (index < 0)
        return {};
    QSet<QString> seen;
    for (const RunOverview& run : m_catalog.runs()) {
        const QString text = QString::fromStdString(columns().string(columns().at(index), run));
        for (const QString& value : text.split(u'\n', Qt::SkipEmptyParts)) {
            if (value.size() <= 80 && seen.size() <= most)
                seen.insert(value);
        }
    }
    QStringList values = seen.size() > most ? QStringList() : seen.values();
    values.sort(Qt::CaseInsensitive);
    return values;
}

bool RunTableModel::differs(const RunColumn& column) const
{
    const auto& runs = m_catalog.runs();
    return std::any_of(runs.begin(), runs.end(), [&](const RunOverview& run) {
        return columns().string(column, run) != columns().string(column, runs.front());
    });
}

QString RunTableModel::shownText(const RunOverview& run, const RunColumn& column) const
{
    return column.field == RunField::Tag ? joined(run.run.tags) : columns().text(column, run);
}

QVariant RunTableModel::runData(const RunOverview& run, int column, int role) const
{
    const RunColumn& shown = columns().at(column);
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(shownText(run, shown));
    case Qt::EditRole:
        if (shown.field == RunField::Tag)
            return joined(run.run.tags);
        return shown.field == RunField::Name || shown.field == RunField::Note ? columns().text(shown, run) : QString();
    case Qt::CheckStateRole:
        return column == 0 ? QVariant(m_checked.contains(run.run.id) ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::DecorationRole:
        return column == 0 ? QVariant(Theme::seriesColor(RunColors::number(run.run.id), Theme::isDark())) : QVariant();
    case Qt::TextAlignmentRole:
        return int(
            (shown.isNumber() || shown.kind == RunFieldKind::Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return toolTip(run, shown);
    case Qt::AccessibleTextRole:
        if (shown.field == RunField::Starred)
            return run.run.starred ? tr("starred") : tr("not starred");
        return QStringLiteral("%1 %2").arg(columns().title(shown), oneLine(shownText(run, shown)));
    case RunIdRole:
        return static_cast<qint64>(run.run.id);
    case CreatedRole:
        return static_cast<qint64>(run.run.created);
    case StatusRole:
        return static_cast<int>(run.run.status);
    case RawRole:
        return (shown.field == RunField::Best || shown.field == RunField::BestBatch) && storage::bestIsRaw(run);
    default:
        return {};
    }
}

QVariant RunTableModel::toolTip(const RunOverview& run, const RunColumn& column) const
{
    const auto plain
        = [](const std::string& text) { return QString::fromStdString(text).left(2 * kLongest).toHtmlEscaped(); };
    if (column.field == RunField::Status || column.field == RunField::Name) {
        const std::string& told = run.run.failure.empty() ? run.run.why : run.run.failure;
        if (column.field == RunField::Name && run.run.name.size() > 24)
            return told.empty() ? plain(run.run.name) : plain(run.run.name) + QStringLiteral("<br>") + plain(told);
        return plain(told);
    }
    if ((column.field == RunField::Best || column.field == RunField::BestBatch) && storage::bestIsRaw(run))
        return tr("No validation loss was measured: this is the smallest training loss of one batch.");
    const QString text = shownText(run, column);
    return text.size() > 12 ? text.left(2 * kLongest).toHtmlEscaped() : QString();
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const qint64 run = checkIndex(index, CheckIndexOption::IndexIsValid) ? runAt(index) : 0;
    const RunOverview* overview = run == 0 ? nullptr : m_catalog.overview(run);
    if (!overview)
        return false;
    if (role == Qt::CheckStateRole) {
        m_checked.set(run, value.toInt() == Qt::Checked);
        return true;
    }
    const RunColumn& column = columns().at(index.column());
    if (role != Qt::EditRole || value.toString() == data(index, Qt::EditRole).toString())
        return false;
    const QString text = value.toString().trimmed();
    if (column.field == RunField::Name && !text.isEmpty())
        Q_EMIT renameRequested(run, text);
    else if (column.field == RunField::Note)
        Q_EMIT noteRequested(run, text);
    else if (column.field == RunField::Tag)
        Q_EMIT tagsRequested(run, tagsFrom(text));
    else
        return false;
    return true;
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (runAt(index) == 0)
        return flags;
    flags |= Qt::ItemNeverHasChildren;
    const auto field = columns().at(index.column()).field;
    if (field == RunField::Name || field == RunField::Note || field == RunField::Tag)
        flags |= Qt::ItemIsEditable;
    return index.column() == 0 ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns().size())
        return {};
    const RunColumn& column = columns().at(section);
    switch (role) {
    case Qt::DisplayRole:
        return columns().title(column) + sortMark(sorting(), column.key);
    case Qt::ToolTipRole:
        return columns().help(column);
    case Qt::TextAlignmentRole:
        return int((column.isNumber() || column.kind == RunFieldKind::Time ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace nabiz::ui
