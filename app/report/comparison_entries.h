// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a report as what is compared: each by itself for the tables, and with its repeats of other seeds for the sentence
// on whether a difference is real. Points into the runs, which must outlive it. One thread.
#pragma once

#include "app/report/report.h"
#include "ui/analysis/compared_run.h"
#include "ui/analysis/mean_curve.h"

#include <deque>

namespace nabiz::app {

class ComparisonEntries {
public:
    explicit ComparisonEntries(const std::vector<ReportRun>& runs);
    ComparisonEntries(const ComparisonEntries&) = delete;
    ComparisonEntries& operator=(const ComparisonEntries&) = delete;

    const std::vector<ui::ComparedEntry>& single() const { return m_single; }
    // Runs that differ only in their seed stand together; the first holds the first run.
    const std::vector<ui::ComparedEntry>& grouped() const { return m_grouped; }

private:
    // A run's curve, or the mean of several.
    struct Curve : ui::Points {
        explicit Curve(const ui::RunSeries* of)
            : series(of)
        {
        }
        std::size_t size() const override { return series ? series->size() : means.size(); }
        double batch(std::size_t i) const override { return series ? series->batch(i) : means[i].batch; }
        double time(std::size_t i) const override { return series ? series->time(i) : means[i].time; }
        double value(std::size_t i) const override { return series ? series->value(i) : means[i].mean; }

        const ui::RunSeries* series;
        std::vector<ui::MeanPoint> means;
    };

    const Curve* curve(const ui::RunSeries* series);
    ui::LossSeries loss(const Curve* points, std::size_t meanOf);
    ui::ComparedEntry group(const std::string& name, const std::vector<ui::ComparedRun>& members);
    ui::LossSeries meanLoss(const std::vector<ui::ComparedRun>& members, bool validation);

    std::deque<Curve> m_curves;
    std::deque<ui::LossTrack> m_tracks;
    std::vector<ui::ComparedEntry> m_single, m_grouped;
};

} // namespace nabiz::app
