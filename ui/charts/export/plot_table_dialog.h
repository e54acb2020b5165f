// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of a plot as a table of numbers: what they are at the cursor or at the end, and a sample of them over what
// is in view. For those who cannot see curves, and for all who want to read or copy numbers. A picture of the moment it
// is opened; GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <QDialog>
#include <optional>
#include <utility>

namespace nabiz::ui {

class PlotTableDialog : public QDialog {
    Q_OBJECT
public:
    PlotTableDialog(const PlotContent& content, std::optional<double> cursor, std::pair<double, double> range,
        QWidget* parent = nullptr);
};

} // namespace nabiz::ui
