// SPDX-License-Identifier: GPL-3.0-or-later
// How Watch's charts are drawn: boxes, switches and a menu of all that is not changed every day.
// GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"

#include <QJsonObject>
#include <QWidget>
#include <vector>

class QAction;
class QComboBox;
class QMenu;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class SmoothingSlider;

class ChartTools : public QWidget {
    Q_OBJECT
public:
    explicit ChartTools(QWidget* parent = nullptr);

    void setFollowing(bool following, bool live);
    // The units of x that the runs shown have.
    void setUnits(const std::vector<XUnit>& units);
    const WatchOptions& options() const { return m_options; }
    void toggleLog();
    void toggleLogX();
    void toggleClip();
    void setValuesShown(bool shown);
    // Beside the menu of how they are drawn.
    void add(QWidget* button);
    void retranslate();
    // What the boxes hold; the switches have names of their own.
    QJsonObject choices() const;
    void restoreChoices(const QJsonObject& choices);

Q_SIGNALS:
    void optionsChanged();
    void followRequested();
    void followedLengthChosen(double length); // so much of the end; 0: all
    void valuesToggled(bool shown);
    void saveRequested();
    void copyRequested();

private:
    void assemble();
    void connectBoxes();
    void makeViewMenu();
    void retranslateView();
    void fillLengths();
    void fillUnits();
    void fillSmoothings();
    void setSmoothing(Smoothing smoothing);
    QAction* addOption(const char* name, bool WatchOptions::*option);

    WatchOptions m_options;
    XUnit m_wishedUnit = XUnit::Batch; // taken when the runs have it
    std::vector<XUnit> m_units { XUnit::Batch };
    QComboBox* m_xUnit;
    QPushButton* m_log;
    QComboBox* m_smoothing;
    SmoothingSlider* m_slider;
    QToolButton* m_view;
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
    QPushButton* m_follow;
};

} // namespace nabiz::ui
