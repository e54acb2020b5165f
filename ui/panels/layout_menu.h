// SPDX-License-Identifier: GPL-3.0-or-later
// The button of a page's panels: adds them, arranges them, chooses among layouts and keeps them. Tells what is wished,
// does nothing itself. GUI thread.
#pragma once

#include "ui/models/panel_layout.h"

#include <QToolButton>
#include <vector>

class QAction;
class QMenu;

namespace nabiz::ui {

class LayoutMenu : public QToolButton {
    Q_OBJECT
public:
    explicit LayoutMenu(QWidget* parent = nullptr);

    struct Shown {
        std::vector<PanelLayout> layouts;
        QString current;
        bool isChanged = false; // since it was kept
        bool isShipped = false;
        bool isReported = false;
        bool operator==(const Shown&) const = default;
    };
    void show(const Shown& shown);

    QAction* const add;
    QAction* const arrange;
    QAction* const save;
    QAction* const saveAs;
    QAction* const rename;
    QAction* const remove;
    QAction* const revert;
    QAction* const report;

Q_SIGNALS:
    void layoutChosen(const QString& name);
    void panelChosen(const nabiz::ui::PanelSpec& panel); // a ready one
    void aboutToOpen();

protected:
    void changeEvent(QEvent* event) override;

private:
    QAction* action(const char* name, bool checkable = false);
    void fillReady();
    void fillLayouts();
    void retranslate();

    Shown m_shown;
    QMenu* m_menu;
    QMenu* m_ready;
    QMenu* m_layouts;
};

} // namespace nabiz::ui
