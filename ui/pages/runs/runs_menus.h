// SPDX-License-Identifier: GPL-3.0-or-later
// The menus that a right click opens in the table of runs and in its header, and what is said of the filter's language.
// What is chosen is asked of the page's own signals, or done in the table. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"

#include <QList>
#include <QObject>
#include <QPoint>

namespace nabiz::ui {

class CheckedRuns;
class RunCatalog;
class RunTableModel;
class RunTableView;

class RunsMenus : public QObject {
    Q_OBJECT
public:
    struct Parts {
        PageWidget& page;
        RunCatalog& catalog;
        CheckedRuns& checked;
        RunTableModel& model;
        RunTableView& table;
    };
    explicit RunsMenus(const Parts& parts);

    // Of the selected runs. In global coordinates, as the next.
    void openMenu(const QPoint& at);
    void openHeaderMenu(int column, const QPoint& at);
    void openFilterHelp(const QWidget& under);

Q_SIGNALS:
    void tagsWanted();
    void columnsWanted();
    void grouped();

private:
    void showInCharts(const QList<qint64>& runs, bool on);

    const Parts m_parts;
};

} // namespace nabiz::ui
