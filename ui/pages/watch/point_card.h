// SPDX-License-Identifier: GPL-3.0-or-later
// Where one point of a curve comes from: run, metric, batch, segment, time of day, and what the run said last before
// it. Opens with a click into a chart, closes with its button. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/widgets/card.h"

#include <string>
#include <vector>

class QToolButton;

namespace nabiz::ui {

class PlotView;
class RunCatalog;
class WatchTable;
struct RunDetail;
struct WatchRow;

class PointCard : public Card {
    Q_OBJECT
public:
    explicit PointCard(const RunCatalog& catalog, QWidget* parent = nullptr);

    // Of the curves there, the one that passes nearest to y.
    void showPoint(const PlotView& plot, double x, double y);
    // Another run: its points are not seen any more.
    void showRun(storage::RunId run);
    void retranslate();

private:
    std::vector<WatchRow> rows(const RunDetail& run, const std::string& metric, double batch, double time) const;

    const RunCatalog& m_catalog;
    storage::RunId m_run = 0;
    WatchTable* m_table;
    QToolButton* m_close;
};

} // namespace nabiz::ui
