// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a report as Compare has them: the columns, their entries, and the chart of one metric over all of them,
// by the same code. Points into the runs and the series, which must outlive it. One thread at a time.
#pragma once

#include "app/report/report.h"
#include "ui/analysis/outcomes.h"
#include "ui/pages/compare/compare_content.h"

namespace nabiz::app {

struct ComparedReport {
    const std::vector<ReportRun>& runs;
    ui::ComparedSeries& series;
    ui::CompareLook look;
    std::vector<ui::ComparisonColumn> columns; // the baseline first
    std::vector<ui::ComparedEntry> entries; // one a column

    // Runs whose order says nothing: the first is the baseline.
    ComparedReport(const std::vector<ReportRun>& runs, ui::ComparedSeries& series, const ui::CompareLook& look);
    std::string metric() const { return look.metric.isEmpty() ? "loss" : look.metric.toStdString(); }
    ui::RunLookup lookup() const;
};

// A column's name, and of how many seeds it is.
std::string columnName(const ui::ComparedEntry& entry, const ReportText& text);
std::string outcomeLabel(const ui::OutcomeRow& row, const ReportText& text);
// The figures of all, or of the rows that decide; a cell an entry, behind the first the change from the baseline.
std::vector<std::vector<std::string>> outcomeTable(const ComparedReport& compared, const ReportText& text, bool all);
// All of them with every digit, as CSV.
std::string outcomeCsv(const ComparedReport& compared, const ReportText& text);
// Of a single run.
std::string figuresCsv(const ReportRun& run, const ReportText& text);
// Why two columns' losses say nothing of each other, as a sentence.
std::string obstacleSentence(
    ui::Obstacle obstacle, const std::string& one, const std::string& other, const ReportText& text);

ui::PlotContent comparisonChart(const ComparedReport& compared, const ReportText& text);

} // namespace nabiz::app
