// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trash_model.h"

#include "storage/records/run_fields.h"
#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/text/run_column_texts.h"

namespace nabiz::ui {

TrashModel::TrashModel(RunCatalog& catalog, QObject* parent)
    : QAbstractTableModel(parent)
    , m_catalog(catalog)
{
    connect(&catalog, &RunCatalog::trashChanged, this, &TrashModel::retranslate);
}

int TrashModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_catalog.trash().size());
}

int TrashModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const storage::TrashedRun& TrashModel::at(int row) const
{
    return m_catalog.trash()[static_cast<std::size_t>(row)];
}

QVariant TrashModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& [overview, bytes] = at(index.row());
    if (role == Qt::TextAlignmentRole)
        return int((index.column() >= Best ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Name)
        return QString::fromStdString(overview.run.name).left(600).toHtmlEscaped();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return QString::fromStdString(overview.run.name).left(300).simplified();
    case Deleted:
        return momentText(overview.run.deleted.value_or(0));
    case Status:
        return statusName(overview.run.status);
    case Best:
        return lossText(storage::fieldNumber(overview, storage::RunField::Best));
    case Batches:
        return countText(overview.summary.batches);
    default:
        return bytesText(static_cast<double>(bytes));
    }
}

QVariant TrashModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Best ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[]
        = { tr("Name"), tr("Put here"), tr("Status"), tr("Best loss"), tr("Batches"), tr("Takes about") };
    return section < ColumnCount ? titles[section] : QString();
}

void TrashModel::retranslate()
{
    beginResetModel();
    endResetModel();
}

} // namespace nabiz::ui
