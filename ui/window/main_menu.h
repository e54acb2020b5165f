// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the window can be told from the keyboard or the menu, in one place. The actions belong to the window, so
// that their shortcuts work while the menu is closed. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QAction>
#include <QList>
#include <QMenu>
#include <optional>

class QActionGroup;
class QMainWindow;

namespace nabiz::ui {

class MainMenu : public QObject {
    Q_OBJECT
public:
    explicit MainMenu(QMainWindow* window);

    QMenu* menu() const { return m_menu; }
    void setStatus(std::optional<storage::RunStatus> status); // of the active run
    void setHasCurrentRun(bool has);
    // Which are marked as chosen: "", "en" or "tr"; a ThemeMode.
    void setChoices(const QString& language, int theme);
    // Databases opened before, newest first. One that is gone stands there greyed.
    void setRecent(const QStringList& files);
    void retranslateUi();

    QList<QAction*> pages; // in the order of their table
    QAction *open, *importRuns, *followFolders, *reference, *quit;
    QAction *start, *pause, *resume, *stop, *checkpoint, *sample, *editAsNew, *report, *guard;
    QAction *fullScreen, *shortcuts, *diagnose, *about, *openMenu;

Q_SIGNALS:
    void recentChosen(const QString& file);
    void languageChosen(const QString& language);
    void themeChosen(int mode);

private:
    QAction* add(QMenu* menu, const char* name, const QKeySequence& key = {});
    void addChoices();
    void connectWindow();
    template <typename Then> void later(Then then);

    QMainWindow* m_window;
    QMenu* m_menu;
    QMenu *m_file, *m_view, *m_run, *m_help, *m_language, *m_theme, *m_recent;
    QActionGroup *m_languages, *m_themes;
};

} // namespace nabiz::ui
