// SPDX-License-Identifier: GPL-3.0-or-later
// How smooth the curves are, by a slider with its value typed: the width of a mean, or the weight of an exponential
// average, whichever was chosen last. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace nabiz::ui {

class SmoothingSlider : public QWidget {
    Q_OBJECT
public:
    explicit SmoothingSlider(QWidget* parent = nullptr);

    // Without telling.
    void show(Smoothing smoothing);
    void retranslate();
    // What was kept, if it is one.
    static Smoothing sound(Smoothing smoothing);

Q_SIGNALS:
    void chosen(nabiz::ui::Smoothing smoothing);

private:
    void choose(double amount);

    SmoothingKind m_kind = SmoothingKind::Mean; // Mean or Exponential
    QLabel* m_name;
    QSlider* m_slider;
    QDoubleSpinBox* m_value;
};

} // namespace nabiz::ui
