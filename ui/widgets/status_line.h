// SPDX-License-Identifier: GPL-3.0-or-later
// The bar under the pages: what trains, how far and how fast, and how fresh the database is.
// GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QElapsedTimer>
#include <QWidget>
#include <deque>
#include <functional>
#include <optional>

class QLabel;
class QTimer;

namespace nabiz::ui {

class RunCatalog;

// Batches a second over the last half minute, and the time left once it is steady.
class ProgressRate {
public:
    void clear();
    void add(double seconds, std::int64_t batches);
    std::optional<double> batchesPerSecond() const;
    double seconds() const; // that it is the mean of
    // None until the rate has held for a while, so that nobody reads a wild guess.
    std::optional<double> secondsLeft(std::int64_t batches, std::int64_t planned);

private:
    struct Sample {
        double seconds;
        std::int64_t batches;
    };
    std::deque<Sample> m_samples;
    bool m_isSteady = false;
};

class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(RunCatalog& catalog, QWidget* parent = nullptr);

    void setActiveRun(qint64 run);
    void setWaiting(int waiting);
    void setDatabase(const QString& file);
    // "412/750 · 1.58", or empty when nothing trains.
    QString progress() const;
    // "Tesla T4 · 0.93 GB · 64 °C" of the active run, as far as it is known.
    QString device() const;

Q_SIGNALS:
    void progressChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    const storage::RunOverview* active() const;
    std::int64_t batches() const;
    std::optional<double> lastOf(const char* metric) const;
    void onPoints(qint64 run);
    void refresh();
    void showRun(const storage::RunOverview& overview, const std::function<void(QLabel*, const QString&)>& show);
    QString fitted(const QString& name) const;

    RunCatalog& m_catalog;
    qint64 m_run = 0;
    int m_waiting = 0;
    QString m_database;
    QElapsedTimer m_clock;
    std::optional<qint64> m_savedAt; // on m_clock, ms
    ProgressRate m_rate;
    QTimer* m_timer;
    QLabel* m_what;
    QLabel* m_progress;
    QLabel* m_speed;
    QLabel* m_loss;
    QLabel* m_peak;
    QLabel* m_left;
    QLabel* m_queue;
    QLabel* m_saved;
};

} // namespace nabiz::ui
