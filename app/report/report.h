// SPDX-License-Identifier: GPL-3.0-or-later
// A report of one run or several: a Markdown page, charts, the points as CSV and the preset. Reading and composing are
// for any thread (one store a thread); only the pictures of `charts` need the GUI thread. The same runs give the same
// bytes.
#pragma once

#include "app/report/report_section.h"
#include "app/report/report_text.h"
#include "storage/run_store.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/analysis/what_changed.h"
#include "ui/charts/shape/plot_content.h"
#include "ui/models/compare_look.h"
#include "ui/models/compared_series.h"
#include "ui/models/panel_layout.h"
#include "ui/models/run_catalog.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nabiz::app {

// Beside a run's own series: the losses of the reported run, where it is held against that.
inline constexpr const char* kReportedLoss = "reported loss";

// What a report needs of a run; of its series those that are drawn or tabled, all points.
struct ReportRun : ui::RunDetail {
    std::vector<storage::Segment> segments;
    std::string baseName; // the preset that its settings are compared with; empty = the defaults
    trainer::Config base;
    std::vector<ui::WhatChanged> changed; // since runs before it

    // A fact that is a number.
    std::optional<double> fact(const std::string& key) const;
};

// What is chosen of it, and where it comes from, as the page says it.
struct ReportChoice {
    Sections sections = allSections();
    std::string database; // see shownPath()
    std::string version; // of Nabız
    std::string title; // a person's own; empty = made of the runs
    ui::CompareLook look; // of several runs
    std::vector<ui::PanelSpec> panels; // whose charts stand below the others

    bool has(Section section) const { return sections.contains(section); }
};

struct ReportChart {
    std::string path; // "charts/loss", without its ending
    ui::PlotContent content;
};

struct Report {
    std::string title;
    std::string name; // of the folder; safe characters
    std::string language;
    std::string markdown;
    std::vector<ReportChart> charts; // point into `runs`
    std::vector<std::pair<std::string, storage::RunId>> tables; // "data/points.csv" and whose points
    std::vector<std::pair<std::string, std::string>> texts; // "preset.yaml" and what stands in it
    std::vector<ReportRun> runs;
    std::shared_ptr<ui::ComparedSeries> compared; // means of seeds, which charts point into

    // All that saving writes, relative to the folder.
    std::vector<std::string> files() const;
};

// With the series of `metric` and of the panels, too. Throws StorageError, or ReportError for a run that is not there.
std::vector<ReportRun> readRuns(const storage::RunStore& store, const trainer::PresetStore& presets,
    const std::vector<storage::RunId>& runs, const std::string& metric = {},
    const std::vector<ui::PanelSpec>& panels = {});
// At least one run; the first is the baseline.
Report makeReport(std::vector<ReportRun> runs, const ReportText& text, const ReportChoice& choice);
// A path as a page may show it: the home folder as ~, so that it says nothing of whose it is.
std::string shownPath(const std::string& path);

} // namespace nabiz::app
