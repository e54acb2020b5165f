// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/metric_names.h"

#include "ui/panels/metric_pattern.h"
#include "ui/text/message_text.h"

#include <numeric>
#include <utility>

namespace nabiz::ui {

MetricNames::MetricNames(std::vector<std::string> names, QObject* parent)
    : QAbstractListModel(parent)
    , m_names(std::move(names))
    , m_found(m_names.size())
{
    std::iota(m_found.begin(), m_found.end(), std::size_t(0));
}

void MetricNames::search(const QString& text)
{
    const std::string wanted = text.toStdString();
    beginResetModel();
    m_found.clear();
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const bool byLabel = text.size() > 1 && metricLabel(m_names[i]).contains(text, Qt::CaseInsensitive);
        if (isFound(wanted, m_names[i]) || byLabel) {
            m_found.push_back(i);
        }
    }
    endResetModel();
}

void MetricNames::choose(const QString& name, bool on)
{
    if (m_chosen.contains(name) == on || name.isEmpty()) {
        return;
    }
    on ? m_chosen.append(name) : void(m_chosen.removeAll(name));
    if (!m_found.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { Qt::CheckStateRole });
    }
    Q_EMIT chosenChanged();
}

void MetricNames::setChosen(const QStringList& names)
{
    beginResetModel();
    m_chosen = names;
    endResetModel();
    Q_EMIT chosenChanged();
}

int MetricNames::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

QVariant MetricNames::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const std::string& name = m_names[m_found[static_cast<std::size_t>(index.row())]];
    const QString shown = QString::fromStdString(name);
    if (role == Qt::CheckStateRole) {
        return m_chosen.contains(shown) ? Qt::Checked : Qt::Unchecked;
    }
    if (role == Qt::ToolTipRole) {
        return shown;
    }
    const QString label = role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? metricLabel(name) : QString();
    return label.isEmpty() ? QVariant() : label == shown ? shown : QStringLiteral("%1 – %2").arg(shown, label);
}

bool MetricNames::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole) {
        return false;
    }
    choose(data(index, Qt::ToolTipRole).toString(), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags MetricNames::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags;
}

} // namespace nabiz::ui
