// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_list_model.h"

#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/requests/start_request.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <functional>

namespace nabiz::ui {

namespace {

QString statusText(const storage::RunOverview& overview)
{
    const QString status = statusName(overview.run.status);
    if (!storage::isLive(overview.run.status) || overview.run.plannedBatches <= 0 || overview.summary.batches <= 0)
        return status;
    return RunListModel::tr("%1 · %2 of %3")
        .arg(status, countText(overview.summary.batches), countText(overview.run.plannedBatches));
}

} // namespace

RunListModel::RunListModel(RunCatalog& catalog, QObject* parent)
    : QAbstractListModel(parent)
    , m_catalog(catalog)
    , m_checked(new CheckedRuns(catalog, this))
{
    connect(m_checked, &CheckedRuns::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), { Qt::CheckStateRole });
        Q_EMIT checkedChanged();
    });
    connect(&catalog, &RunCatalog::runsReset, this, &RunListModel::onReset);
    connect(&catalog, &RunCatalog::runAdded, this, &RunListModel::onAdded);
    connect(&catalog, &RunCatalog::runChanged, this, &RunListModel::onChanged);
    connect(&catalog, &RunCatalog::runRemoved, this, &RunListModel::onRemoved);
    onReset();
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const storage::RunId id = m_rows[static_cast<std::size_t>(index.row())];
    const storage::RunOverview* overview = m_catalog.overview(id);
    if (!overview)
        return {};
    const storage::Run& run = overview->run;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return QString::fromStdString(run.name);
    case Qt::CheckStateRole:
        return m_checked->contains(id) ? Qt::Checked : Qt::Unchecked;
    case Qt::DecorationRole:
        return Theme::seriesColor(RunColors::number(id), Theme::isDark());
    case Qt::ToolTipRole:
        return QString::fromStdString(run.failure.empty() ? run.why : run.failure);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3")
            .arg(QString::fromStdString(run.name), statusText(*overview), lossText(overview->summary.lastLoss));
    case RunIdRole:
        return static_cast<qint64>(id);
    case StatusRole:
        return static_cast<int>(run.status);
    case StatusTextRole:
        return statusText(*overview);
    case LossTextRole:
        return lossText(overview->summary.lastLoss, 3);
    case GoesOnRole:
        return isCutOff(run);
    case StarredRole:
        return run.starred;
    case CommandRole:
        return QString::fromStdString(run.command);
    case FilterRole:
        return QStringLiteral("%1 %2 %3")
            .arg(QString::fromStdString(run.name), QString::fromStdString(run.preset), statusName(run.status));
    default:
        return {};
    }
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const storage::RunId id = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole) {
        setChecked(id, value.toInt() == Qt::Checked);
        return true;
    }
    if (role == StarredRole) {
        Q_EMIT starRequested(id, value.toBool());
        return true;
    }
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || name == data(index, Qt::EditRole).toString())
        return false;
    Q_EMIT renameRequested(id, name);
    return true;
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsUserCheckable
        | Qt::ItemNeverHasChildren;
}

std::vector<storage::RunId>::const_iterator RunListModel::place(storage::RunId run) const
{
    return std::lower_bound(m_rows.begin(), m_rows.end(), run, std::greater<>());
}

QModelIndex RunListModel::indexOf(qint64 run) const
{
    const auto found = place(run);
    return found == m_rows.end() || *found != run ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

qint64 RunListModel::runAt(const QModelIndex& index) const
{
    return index.isValid() ? index.data(RunIdRole).toLongLong() : 0;
}

void RunListModel::setChecked(qint64 run, bool checked)
{
    m_checked->set(run, checked);
}

void RunListModel::setChecked(const std::vector<storage::RunId>& runs)
{
    m_checked->set(runs);
}

std::vector<storage::RunId> RunListModel::checked() const
{
    return m_checked->runs();
}

void RunListModel::retranslate()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void RunListModel::onReset()
{
    beginResetModel();
    m_rows.clear();
    for (const storage::RunOverview& overview : m_catalog.runs())
        m_rows.push_back(overview.run.id);
    endResetModel();
    Q_EMIT checkedChanged();
}

void RunListModel::onAdded(qint64 run)
{
    if (indexOf(run).isValid())
        return;
    const int row = static_cast<int>(place(run) - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(m_rows.begin() + row, run);
    endInsertRows();
}

void RunListModel::onChanged(qint64 run)
{
    if (const QModelIndex index = indexOf(run); index.isValid())
        Q_EMIT dataChanged(index, index);
}

void RunListModel::onRemoved(qint64 run)
{
    const QModelIndex index = indexOf(run);
    if (!index.isValid())
        return;
    beginRemoveRows({}, index.row(), index.row());
    m_rows.erase(m_rows.begin() + index.row());
    endRemoveRows();
}

} // namespace nabiz::ui
