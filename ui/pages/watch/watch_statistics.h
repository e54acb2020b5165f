// SPDX-License-Identifier: GPL-3.0-or-later
// The card of Watch that says in numbers what the loss does over what is in view. Works only while open, and in steps,
// so that a run of ten million batches never holds up the window. GUI thread.
#pragma once

#include "ui/charts/shape/curve_statistics.h"
#include "ui/pages/watch/watch_fold.h"

#include <QTimer>
#include <vector>

class QLabel;
class QPushButton;

namespace nabiz::ui {

class PlotView;
class WatchTable;

class StatisticsCard : public WatchFold {
    Q_OBJECT
public:
    explicit StatisticsCard(const PlotView& plot, QWidget* parent = nullptr);
    // The view or the content has changed; what was reckoned is forgotten at once, since its series may be gone.
    void restart();
    void retranslate();

private:
    struct Entry {
        QString name;
        CurveStatistics statistics;
    };
    void begin();
    void work();
    void show();
    void copy();

    const PlotView& m_plot;
    QTimer m_delay; // a drag is one change
    QTimer m_work;
    std::vector<Entry> m_entries;
    WatchTable* m_table;
    QLabel* m_empty;
    QPushButton* m_copy;
};

} // namespace nabiz::ui
