// SPDX-License-Identifier: GPL-3.0-or-later
// How Watch's charts are drawn: boxes, switches and the menu of all that is not changed every day.
// GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"

#include <QJsonObject>
#include <QWidget>
#include <vector>

class QComboBox;
class QPushButton;

namespace nabiz::ui {

class ChartViewMenu;
class SmoothingSlider;

class ChartTools : public QWidget {
    Q_OBJECT
public:
    explicit ChartTools(QWidget* parent = nullptr);

    void setFollowing(bool following, bool live);
    // The units of x that the runs shown have.
    void setUnits(const std::vector<XUnit>& units);
    const WatchOptions& options() const { return m_options; }
    ChartViewMenu& view() const { return *m_view; }
    void toggleLog();
    // Beside the menu of how they are drawn.
    void add(QWidget* button);
    void retranslate();
    // What the boxes hold; the switches have names of their own.
    QJsonObject choices() const;
    void restoreChoices(const QJsonObject& choices);

Q_SIGNALS:
    void optionsChanged();
    void followRequested();

private:
    void assemble();
    void connectBoxes();
    void fillUnits();
    void fillSmoothings();
    void setSmoothing(Smoothing smoothing);

    WatchOptions m_options;
    XUnit m_wishedUnit = XUnit::Batch; // taken when the runs have it
    std::vector<XUnit> m_units { XUnit::Batch };
    QComboBox* m_xUnit;
    QPushButton* m_log;
    QComboBox* m_smoothing;
    SmoothingSlider* m_slider;
    ChartViewMenu* m_view;
    QPushButton* m_follow;
};

} // namespace nabiz::ui
