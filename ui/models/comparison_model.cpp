// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison_model.h"

#include "ui/widgets/number_text.h"

#include <QStringList>

#include <cmath>

namespace nabiz::ui {
namespace {

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::BestValLoss:
        return ComparisonModel::tr("validation loss, best");
    case Outcome::LastValLoss:
        return ComparisonModel::tr("validation loss, last");
    case Outcome::BestLoss:
        return ComparisonModel::tr("loss, best");
    case Outcome::LastLoss:
        return ComparisonModel::tr("loss, last");
    case Outcome::MeanLastLoss:
        return ComparisonModel::tr("loss, mean of last 20");
    case Outcome::Batches:
        return ComparisonModel::tr("batches");
    case Outcome::PeakMemory:
        return ComparisonModel::tr("peak memory");
    case Outcome::BatchTime:
        return ComparisonModel::tr("time a batch, median");
    case Outcome::TokensPerSecond:
        return ComparisonModel::tr("tokens a second, median");
    }
    return {};
}

QString outcomeText(OutcomeKind kind, double value)
{
    switch (kind) {
    case OutcomeKind::Loss:
        return numberText(value);
    case OutcomeKind::Count:
        return countText(std::llround(value));
    case OutcomeKind::Bytes:
        return bytesText(value);
    case OutcomeKind::Seconds:
        return value < 1 ? ComparisonModel::tr("%1 ms").arg(numberText(value * 1000, 3)) : durationText(value);
    case OutcomeKind::Rate:
        return countText(std::llround(value));
    }
    return {};
}

QString signedPercent(double share)
{
    const QString size = percentText(std::abs(share));
    if (size == percentText(0)) {
        return size;
    }
    return (share < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

} // namespace

void ComparisonModel::setComparison(Comparison comparison)
{
    const bool sameShape = comparison.runs == m_comparison.runs
        && comparison.differences.size() == m_comparison.differences.size()
        && comparison.outcomes.size() == m_comparison.outcomes.size();
    if (!sameShape) {
        beginResetModel();
        m_comparison = std::move(comparison);
        endResetModel();
        return;
    }
    m_comparison = std::move(comparison);
    if (rowCount() > 0 && columnCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comparison.differences.size() + m_comparison.outcomes.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_comparison.runs.empty() ? 0 : static_cast<int>(m_comparison.runs.size()) + 1;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(index.column() == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    const auto row = static_cast<std::size_t>(index.row());
    const std::size_t settings = m_comparison.differences.size();
    if (role == SettingRole) {
        return row < settings;
    }
    return row < settings ? settingData(m_comparison.differences[row], index.column(), role)
                          : outcomeData(m_comparison.outcomes[row - settings], index.column(), role);
}

QVariant ComparisonModel::settingData(const ParameterDifference& setting, int column, int role) const
{
    if (role != Qt::DisplayRole && role != ValueRole && role != Qt::ToolTipRole) {
        return {};
    }
    if (column == 0) {
        return QString::fromStdString(setting.key);
    }
    const std::string& value = setting.values[static_cast<std::size_t>(column - 1)];
    return value.empty() ? QStringLiteral("—") : QString::fromStdString(value);
}

QVariant ComparisonModel::outcomeData(const OutcomeRow& row, int column, int role) const
{
    if (column == 0) {
        return role == Qt::DisplayRole || role == ValueRole ? outcomeName(row.outcome) : QVariant();
    }
    const auto run = static_cast<std::size_t>(column - 1);
    const std::optional<double>& value = row.values[run];
    const double change = (run == 0 || row.kind == OutcomeKind::Count ? std::nullopt : changeFrom(row.values[0], value))
                              .value_or(std::nan(""));
    const QString changeText = std::isnan(change) ? QString() : signedPercent(change);
    const QString text = value ? outcomeText(row.kind, *value) : QStringLiteral("—");
    const QString place = row.batches[run] ? tr("at %1").arg(countText(*row.batches[run])) : QString();
    switch (role) {
    case ValueRole:
        return text;
    case PlaceRole:
        return place;
    case ChangeRole:
        return changeText;
    case BestRole:
        return row.best == run;
    case BetterRole:
        if (std::isnan(change) || std::abs(change) < 0.0005) {
            return 0;
        }
        return (change < 0) == (row.kind != OutcomeKind::Rate) ? 1 : -1;
    case Qt::DisplayRole: {
        QStringList parts { text };
        if (row.best == run) {
            parts.append(QStringLiteral("★"));
        }
        if (!place.isEmpty()) {
            parts.append(place);
        }
        if (!changeText.isEmpty()) {
            parts.append(changeText);
        }
        return parts.join(QLatin1Char(' '));
    }
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
        return QVariant(section == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (section == 0) {
        return tr("differences only · equal settings hidden: %1")
            .arg(countText(static_cast<qint64>(m_comparison.equal)));
    }
    const QString name = QString::fromStdString(m_comparison.names[static_cast<std::size_t>(section - 1)]);
    return section == 1 ? tr("%1 (baseline)").arg(name) : name;
}

} // namespace nabiz::ui
