// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report, each a function from values to Markdown in a file of its own. `level` is the level of a section's
// heading: 2 in the report of a run, 3 where a run stands among others. Pure; any thread.
#pragma once

#include "app/report/report.h"

namespace nabiz::app {

std::string summarySection(const ReportRun& run, const ReportText& text);
// Problem, Solution or Conclusion; empty where nothing is written.
std::string wordsSection(const ReportRun& run, const ReportText& text, int level, Section section);
std::string configurationSection(const ReportRun& run, const ReportText& text, int level);
// The block of all settings alone, folded; empty where none are stored.
std::string allSettings(const ReportRun& run, const ReportText& text);
// Without its heading: charts and samples stand under it, too.
std::string resultsSection(const ReportRun& run, const ReportText& text);
// Beside the reported T4 run; empty for a run that is not held against it.
std::string reportedSection(const ReportRun& run, const ReportText& text, int level);
std::string chartsSection(const ReportRun& run, const ReportText& text);
std::string samplesSection(const ReportRun& run, const ReportText& text, int level);
std::string observationsSection(const ReportRun& run, const ReportText& text, int level);
std::string auditSection(const ReportRun& run, const ReportText& text, int level);
std::string environmentSection(const ReportRun& run, const ReportText& text, int level);
std::string foldedEnvironment(const ReportRun& run, const ReportText& text);
std::string reproduceSection(const ReportRun& run, const ReportText& text, int level);
// The command alone.
std::string reproduceLine(const ReportRun& run);
std::string comparisonSection(const std::vector<ReportRun>& runs, const ReportText& text, int level, bool charts);
// One line: by which version, of which runs of which database.
std::string originLine(const std::vector<ReportRun>& runs, const ReportText& text, const ReportChoice& choice);

// The batches at which a loss table shows a run of `last` + 1 batches: 0, 50, 100, 250, 500, 750 and the last, by tens further
// for a longer run, all of them in tenths for a short one.
std::vector<std::int64_t> tableBatches(std::int64_t last);
// The loss recorded at that very batch, as text; empty when there is none.
std::string lossAt(const ReportRun& run, std::int64_t batch);
bool hasLossPoints(const ReportRun& run);
// The last batch that has a loss, or -1.
std::int64_t lastLossBatch(const ReportRun& run);
// A figure in C format with the shortest digits that give the same float32, which a training loss is: 0.0004, not 4e-04, as
// long as it is no smaller than a millionth; "–" for none.
std::string figure(const std::optional<double>& value);
std::string bytesFigure(const std::optional<double>& bytes);
std::string secondsFigure(double seconds);
// A picture's lines, with links to the SVG and, unless `table` is empty, the points.
std::string chartLinks(const ReportText& text, const std::string& label, const std::string& chart, const std::string& table);

} // namespace nabiz::app
