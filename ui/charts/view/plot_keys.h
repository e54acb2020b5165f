// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to a plot that has the focus, and which of them are its own then, whatever the window uses them for.
// It sees the plot's events before the plot does.
// GUI thread.
#pragma once

#include <QObject>

class QKeyEvent;

namespace nabiz::ui {

class PlotMouse;
class PlotPicture;
class PlotView;

class PlotKeys : public QObject {
    Q_OBJECT
public:
    PlotKeys(PlotView& plot, PlotPicture& picture, PlotMouse& mouse);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    bool isOurs(const QKeyEvent& key) const;
    // Whether the key means something here.
    bool pressed(const QKeyEvent& event);
    bool escaped();
    bool moved(int key, Qt::KeyboardModifiers modifiers);
    bool zoomed(int key);
    bool letter(int key);

    PlotView& m_plot;
    PlotPicture& m_picture;
    PlotMouse& m_mouse;
};

} // namespace nabiz::ui
