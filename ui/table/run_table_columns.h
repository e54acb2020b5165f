// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the run table: which are shown, in which order and how wide, and how that is kept between two starts.
// GUI thread.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QObject>

class QTreeView;

namespace nabiz::ui {

class RunTableModel;

class RunTableColumns : public QObject {
    Q_OBJECT
public:
    // Of a view that shows the model; lives as long.
    RunTableColumns(QTreeView& view, RunTableModel& model);

    bool isShown(int column) const;
    void showOnly(int column, bool shown); // one column, wide enough
    // Those that the model has got since.
    void addNew();
    void reset();
    // Columns in their order with their widths, sort and grouping; for the program's settings.
    QJsonObject state() const;
    void restore(const QJsonObject& stored);
    // Titles have other lengths in another language.
    void retranslate();

Q_SIGNALS:
    void edited();

private:
    void setUp(int from);
    int defaultWidth(int column) const;
    void fit(int column);
    bool isFitted(int column) const;
    int lastShown() const;

    QTreeView& m_view;
    RunTableModel& m_model;
    int m_known = 0; // columns that have been set up
    QJsonObject m_restored; // told again when columns are added
    QHash<int, int> m_fitted; // columns and the widths they were given
};

} // namespace nabiz::ui
