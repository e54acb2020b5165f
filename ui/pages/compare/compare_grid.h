// SPDX-License-Identifier: GPL-3.0-or-later
// Compare's grid: what is compared as the cells that its settings make, a row a cell with the best marked, and beside
// it the picture of them. A group is chosen here as a whole. GUI thread.
#pragma once

#include "ui/analysis/grid_cells.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;
class QTableWidget;

namespace nabiz::ui {

class GridMap;
class RunCatalog;

class CompareGrid : public QWidget {
    Q_OBJECT
public:
    explicit CompareGrid(const RunCatalog& catalog, QWidget* parent = nullptr);

    // Those of them that are loaded.
    void showRuns(const std::vector<storage::RunId>& runs);
    const GridCells& cells() const { return m_cells; }
    // The choice of a group, for the title line above.
    QWidget* controls() const { return m_controls; }
    void retranslateUi();

Q_SIGNALS:
    void groupChosen(const QList<qint64>& runs);
    void runChosen(qint64 run);

private:
    void assemble();
    void fillGroups();
    void fillTable();
    void choose(int cell);
    QString sentence() const;
    QString cellName(const GridCell& cell) const;

    const RunCatalog& m_catalog;
    std::vector<storage::RunId> m_runs;
    GridCells m_cells;
    QWidget* m_controls;
    QLabel* m_groupLabel;
    QComboBox* m_groups;
    QLabel* m_sentence;
    QTableWidget* m_table;
    GridMap* m_map;
};

} // namespace nabiz::ui
