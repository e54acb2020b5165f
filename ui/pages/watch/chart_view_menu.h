// SPDX-License-Identifier: GPL-3.0-or-later
// The button over Watch's charts whose menu holds what is not changed every day: how much of the end is followed,
// switches of how the charts are drawn, and what becomes of their picture. The switches are written into the options
// that they stand for. GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"

#include <QToolButton>

class QAction;
class QMenu;

namespace nabiz::ui {

class ChartViewMenu : public QToolButton {
    Q_OBJECT
public:
    // `options` outlive it; `smoothing` becomes an entry of the menu.
    ChartViewMenu(WatchOptions& options, QWidget* smoothing, QWidget* parent = nullptr);

    void toggleLogX();
    void toggleClip();
    void setValuesShown(bool shown);
    // The lengths that can be followed, in the options' unit of x.
    void fillLengths();
    void retranslate();

Q_SIGNALS:
    void optionsChanged();
    void lengthChosen(double length); // so much of the end; 0: all
    void valuesToggled(bool shown);
    void saveRequested();
    void copyRequested();

private:
    QAction* addOption(const char* name, bool WatchOptions::*option);

    WatchOptions& m_options;
    QMenu* m_lengths;
    QAction* m_logX;
    QAction* m_clip;
    QAction* m_marks;
    QAction* m_rate;
    QAction* m_linked;
    QAction* m_values;
    QAction* m_save;
    QAction* m_what;
    QAction* m_copy;
};

} // namespace nabiz::ui
