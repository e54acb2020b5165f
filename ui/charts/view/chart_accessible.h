// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of widgets that paint a chart: that they are one, what it is of, and a sentence of what
// it shows. GUI thread.
#pragma once

class QWidget;

namespace nabiz::ui {

// Called by the constructor of such a widget; accessible name and description are the widget's own.
void makeAccessibleChart(QWidget& widget);

} // namespace nabiz::ui
