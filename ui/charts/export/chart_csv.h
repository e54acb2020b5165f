// SPDX-License-Identifier: GPL-3.0-or-later
// A chart's samples as they were recorded, in the form of `nabiz export`: batch, time, then a column a metric, one row
// a batch, an empty cell where a metric has none; shortest digits that read back the same in the type recorded, in
// every locale, and in the base unit. Never thinned out, never smoothed. Taken on the GUI thread, in no time however
// long the curves are; written on any, while they grow.
#pragma once

#include "ui/charts/shape/plot_content.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::ui {

// False while a long run is a preview, of which nothing may be written.
bool isWhole(const PlotContent& content);

// The curves shown. Several runs stand below one another, told apart by a first column `run`.
class ChartRows {
public:
    explicit ChartRows(const PlotContent& content);

    // Samples of all curves.
    std::size_t samples() const;
    // Takes text and how many samples have been passed; false ends the writing.
    using Sink = std::function<bool(std::string_view text, std::size_t passed)>;
    // What stands between two values of x. Returns the rows below the header.
    qint64 write(double x0, double x1, const Sink& sink) const;

    struct Column {
        std::string name;
        bool single; // recorded as a float32
        storage::BatchColumn places;
        storage::ValueColumn values;
    };
    struct Table {
        qint64 run;
        QString name;
        XScale x;
        std::vector<Column> columns;
    };

private:
    std::vector<Table> m_tables;
};

} // namespace nabiz::ui
