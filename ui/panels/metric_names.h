// SPDX-License-Identifier: GPL-3.0-or-later
// The names of metrics that a search finds among ten thousand, each with a box: what is checked stays so while it is
// not found. GUI thread.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <string>
#include <vector>

namespace nabiz::ui {

class MetricNames : public QAbstractListModel {
    Q_OBJECT
public:
    explicit MetricNames(std::vector<std::string> names, QObject* parent = nullptr);

    void search(const QString& text);
    // In the order in which they were chosen; patterns, and names that no run has, among them.
    const QStringList& chosen() const { return m_chosen; }
    void choose(const QString& name, bool on);
    void setChosen(const QStringList& names);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void chosenChanged();

private:
    std::vector<std::string> m_names;
    std::vector<std::size_t> m_found;
    QStringList m_chosen;
};

} // namespace nabiz::ui
