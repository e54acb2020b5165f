// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/scatter_table.h"

#include "ui/models/run_catalog.h"
#include "ui/text/number_text.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

ScatterTable::ScatterTable(const RunCatalog& catalog, QObject* parent)
    : QAbstractTableModel(parent)
    , m_catalog(catalog)
{
}

void ScatterTable::setData(
    const ScatterData& data, storage::RunField figure, const QString& parameter, const QString& figureName)
{
    beginResetModel();
    m_points = data.points;
    m_categories = data.x.categories;
    m_figure = figure;
    m_parameter = parameter;
    m_figureName = figureName;
    endResetModel();
}

int ScatterTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_points.size());
}

int ScatterTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 3;
}

QVariant ScatterTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(index.column() == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const ScatterPoint& point = m_points[static_cast<std::size_t>(index.row())];
    if (index.column() == 0) {
        const storage::RunOverview* const overview = m_catalog.overview(point.run);
        return overview ? QString::fromStdString(overview->run.name) : QString();
    }
    if (index.column() == 2) {
        return figureText(m_figure, point.y);
    }
    return m_categories.empty() ? rateText(point.x) : m_categories[static_cast<std::size_t>(point.x)];
}

QVariant ScatterTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > 2) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(section == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == 0 ? tr("run") : section == 1 ? m_parameter : m_figureName;
}

void ScatterTable::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged();
    const auto name = [this](const ScatterPoint& point) {
        const storage::RunOverview* const overview = m_catalog.overview(point.run);
        return overview ? overview->run.name : std::string();
    };
    const auto less = [&](const ScatterPoint& a, const ScatterPoint& b) {
        return column == 0 ? name(a) < name(b) : column == 1 ? a.x < b.x : a.y < b.y;
    };
    std::stable_sort(m_points.begin(), m_points.end(), [&](const ScatterPoint& a, const ScatterPoint& b) {
        return order == Qt::AscendingOrder ? less(a, b) : less(b, a);
    });
    Q_EMIT layoutChanged();
}

QString figureName(storage::RunField figure)
{
    using storage::RunField;
    switch (figure) {
    case RunField::BestValLoss:
        return ScatterTable::tr("validation loss, best");
    case RunField::LastValLoss:
        return ScatterTable::tr("validation loss, last");
    case RunField::MeanLoss:
        return ScatterTable::tr("loss, mean of last 20");
    case RunField::BestLoss:
        return ScatterTable::tr("loss, lowest single batch");
    case RunField::LastLoss:
        return ScatterTable::tr("loss, last single batch");
    case RunField::FirstLoss:
        return ScatterTable::tr("loss, first batch");
    case RunField::PeakMemory:
        return ScatterTable::tr("peak memory, GB");
    case RunField::TokensPerSecond:
        return ScatterTable::tr("tokens a second");
    case RunField::BatchSeconds:
        return ScatterTable::tr("time a batch, s");
    case RunField::Seconds:
        return ScatterTable::tr("duration, s");
    case RunField::Batches:
        return ScatterTable::tr("batches");
    case RunField::NonFinite:
        return ScatterTable::tr("losses that are not finite");
    default:
        return QString::fromStdString(std::string(storage::row(figure).key));
    }
}

QString figureText(storage::RunField figure, double value)
{
    switch (storage::row(figure).kind) {
    case storage::RunFieldKind::Bytes:
        return bytesText(value);
    case storage::RunFieldKind::Count:
        return countText(std::llround(value));
    case storage::RunFieldKind::Seconds:
        return value < 1 ? numberText(value, 3) : durationText(value);
    default:
        return numberText(value);
    }
}

} // namespace nabiz::ui
