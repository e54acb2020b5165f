// SPDX-License-Identifier: GPL-3.0-or-later
// Joins a page's board, the button of its panels and the shelf of layouts. What a person changes stays a change of the
// layout shown until it is saved; the page keeps it with its state. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/models/panel_layout.h"
#include "ui/panels/panel_content.h"

#include <QJsonObject>
#include <QObject>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::ui {

class LayoutMenu;
class LayoutShelf;
class PanelBoard;
class RunCatalog;

class PanelDesk : public QObject {
    Q_OBJECT
public:
    // `first`: the name of the layout that the page begins with, `panels` what it is there.
    PanelDesk(PanelBoard& board, LayoutShelf& shelf, RunCatalog& catalog, PanelLayout first, QObject* parent);

    LayoutMenu& menu() const { return *m_menu; }
    // All panels of metrics anew, of these runs; told also while hidden.
    void showRuns(const std::vector<storage::RunId>& runs, const PanelOptions& options);
    // Draws what has come; false where the first value of a metric asks for all anew.
    bool grow();
    // All points of what the panels draw.
    void askForPoints();
    QJsonObject state() const;
    void restore(const QJsonObject& state);

Q_SIGNALS:
    void changed(); // state() is another

private:
    void connectMenu();
    void connectBoard();
    void choose(const QString& name);
    void showMenu();
    void openDialog(const PanelSpec& panel);
    void askName(const QString& title, const QString& name, const QString& button);
    PanelLayout shown() const; // as it stands, with its name
    const PanelLayout* kept() const; // as it was kept; none where it is not any more
    PanelRuns runs() const;
    std::vector<std::string> metricNames() const;

    PanelBoard& m_board;
    LayoutShelf& m_shelf;
    RunCatalog& m_catalog;
    LayoutMenu* m_menu;
    PanelLayout m_first;
    QString m_name;
    std::vector<storage::RunId> m_runs;
    PanelOptions m_options;
    std::size_t m_curves = 0;
};

} // namespace nabiz::ui
