// SPDX-License-Identifier: GPL-3.0-or-later
// From a draft to a grid of runs: which settings take which values, how many runs they make and how long those take,
// and what keeps single ones from starting, all before anything starts. The same expansion as on the command line.
// GUI thread.
#pragma once

#include "trainer/config/presets/grid.h"
#include "ui/requests/start_request.h"

#include <QDialog>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace nabiz::ui {

class VaryLine;

// What a grid is judged by.
struct VaryAsks {
    std::function<std::vector<trainer::Problem>(const trainer::Config&)> problems;
    std::function<std::optional<double>(const trainer::Config&)> seconds; // of the whole run; none where not measured
    std::function<QString(const QString&)> freeGroup;
};

class VaryDialog : public QDialog {
    Q_OBJECT
public:
    // `draft` is what does not vary; its name is what the runs' names begin with.
    VaryDialog(StartRequest draft, VaryAsks asks, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const nabiz::ui::StartRequest& request);

private:
    void assemble();
    QLayout* makeBottom();
    VaryLine* addLine(const std::string& key);
    void orderTabs();
    void removeLine(VaryLine* line);
    void look();
    void choose(bool queue);
    QString readAxes();
    void showCells(const trainer::Grid& grid);

    StartRequest m_draft;
    const VaryAsks m_asks;
    std::vector<VaryLine*> m_lines;
    std::vector<trainer::GridAxis> m_axes;
    QVBoxLayout* m_place;
    QLineEdit* m_group;
    QLabel* m_summary;
    QLabel* m_problem;
    QListWidget* m_cells;
    QPushButton* m_queue;
    QPushButton* m_start;
    QWidgetList m_below; // what stands below the lines, as the tabulator goes
};

} // namespace nabiz::ui
