// SPDX-License-Identifier: GPL-3.0-or-later
// A card in its place on the board: while panels are arranged a strip above it moves it, changes it, tears it off into
// a window of its own, or takes it away. GUI thread.
#pragma once

#include "ui/models/panel_layout.h"

#include <QWidget>
#include <vector>

class QMenu;
class QToolButton;

namespace nabiz::ui {

enum class PanelOrder { Left, Up, Down, Right, Change, Tear, Remove };

class PanelFrame : public QWidget {
    Q_OBJECT
public:
    PanelFrame(PanelSpec panel, QWidget* card, QWidget* parent);

    const PanelSpec& panel() const { return m_panel; }
    void setPanel(const PanelSpec& panel);
    void setTorn(bool torn) { m_panel.torn = torn; }
    void setShare(int share) { m_panel.share = share; }
    QWidget* card() const { return m_card; }
    // Its card stays, without a parent, where it is the page's own.
    QWidget* takeCard();
    void setArranging(bool arranging);
    // The same for whoever opens the plot's own menu.
    void addTo(QMenu& menu);

Q_SIGNALS:
    void asked(nabiz::ui::PanelOrder order);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override; // of a window of its own: back on the page

private:
    void retranslate();

    PanelSpec m_panel;
    QWidget* m_card;
    QWidget* m_strip;
    std::vector<QToolButton*> m_buttons; // in the order of PanelOrder
};

} // namespace nabiz::ui
