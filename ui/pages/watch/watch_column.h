// SPDX-License-Identifier: GPL-3.0-or-later
// The cards at the right of Watch, which scroll: what stands at the cursor, what changed, what it writes, facts and
// events of the run. GUI thread.
#pragma once

#include "ui/pages/watch/watch_content.h"
#include "ui/requests/start_request.h"

#include <QScrollArea>
#include <optional>
#include <vector>

namespace nabiz::ui {

class AuditCard;
class ChangeCard;
class CheckpointsCard;
class CursorCard;
class FactsCard;
class LogCard;
class PlotView;
class PointCard;
class SampleCard;
class StatisticsCard;

class WatchColumn : public QScrollArea {
    Q_OBJECT
public:
    // `loss` is the chart whose cursor, pins and range are told of.
    WatchColumn(RunCatalog& catalog, const PlotView& loss, QWidget* parent = nullptr);

    void showRun(storage::RunId run, bool canSample);
    // Without a cursor: the last batch.
    void showCursor(storage::RunId run, const std::vector<storage::RunId>& others, const WatchOptions& options,
        std::optional<double> x);
    // Where the point of a curve next to that place comes from.
    void showPoint(const PlotView& plot, double x, double y);
    // The line of that event, in sight.
    void showLineOf(std::size_t event);
    void restartStatistics();
    void retranslate();

Q_SIGNALS:
    void folded();
    void sampleRequested();
    void changeRequested(qint64 run, const nabiz::ui::Changes& changes, bool starts);

private:
    CursorCard* m_cursor;
    PointCard* m_point;
    StatisticsCard* m_statistics;
    ChangeCard* m_change;
    AuditCard* m_audit;
    SampleCard* m_samples;
    CheckpointsCard* m_checkpoints;
    FactsCard* m_facts;
    LogCard* m_log;
};

} // namespace nabiz::ui
