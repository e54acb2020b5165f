// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report, each a function from values to Markdown in a file of its own, and in which order they
// stand. `level` is the level of a
// section's heading: 2 in the report of a run, 3 where a run stands among others. Pure; any thread.
#pragma once

#include "app/report/report.h"

namespace nabiz::app {

// Of a run alone; empty where there is none before it.
std::string changedSection(const ReportRun& run, const ReportText& text);
// Why it was started stands there unless `title` says it.
std::string summarySection(const ReportRun& run, const ReportText& text, const std::string& title);
// Problem, Solution or Conclusion; empty where nothing is written.
std::string wordsSection(const ReportRun& run, const ReportText& text, int level, Section section);
std::string configurationSection(const ReportRun& run, const ReportText& text, int level);
// The block of all settings alone, folded; empty where none are stored.
std::string allSettings(const ReportRun& run, const ReportText& text);
// The losses along the run, and the figures over all of it. Without a heading.
std::string lossesTable(const ReportRun& run, const ReportText& text);
std::string figuresTable(const ReportRun& run, const ReportText& text);
// Beside the reported T4 run; empty for a run that is not held against it.
std::string reportedSection(const ReportRun& run, const ReportText& text, int level);
std::string chartsSection(const ReportRun& run, const ReportText& text);
// Their pictures, by path and title.
std::string panelsSection(const std::vector<ReportChart>& panels, const ReportText& text);
std::string samplesSection(const ReportRun& run, const ReportText& text, int level);
std::string observationsSection(const ReportRun& run, const ReportText& text, int level);
std::string auditSection(const ReportRun& run, const ReportText& text, int level);
std::string environmentSection(const ReportRun& run, const ReportText& text, int level);
std::string reproduceSection(const ReportRun& run, const ReportText& text, int level);
// The command alone.
std::string reproduceLines(const ReportRun& run, const ReportText& text);

// Where a section stands in the report of a run.
struct SectionPlace {
    enum Fold { Open, FirstFolded, SecondFolded, ThirdFolded, Folded }; // on a page that is too long, and always

    Section section;
    std::string (*make)(const ReportRun& run, const ReportText& text, int level); // Results: nullptr, made of three
    Fold fold = Open;
};

template <Section section> std::string wordsOf(const ReportRun& run, const ReportText& text, int level)
{
    return wordsSection(run, text, level, section);
}

inline constexpr SectionPlace kSectionsOfOne[] = {
    { Section::Problem, wordsOf<Section::Problem> },
    { Section::Solution, wordsOf<Section::Solution> },
    { Section::Configuration, configurationSection, SectionPlace::ThirdFolded },
    { Section::Results, nullptr },
    { Section::Observations, observationsSection, SectionPlace::FirstFolded },
    { Section::Audit, auditSection, SectionPlace::SecondFolded },
    { Section::Conclusion, wordsOf<Section::Conclusion> },
    { Section::Environment, environmentSection, SectionPlace::Folded },
    { Section::Reproduce, reproduceSection, SectionPlace::Folded },
};

// Of a run among others: what the comparison has not said already.
inline constexpr SectionPlace kSectionsAmongOthers[] = {
    { Section::Problem, wordsOf<Section::Problem> },
    { Section::Solution, wordsOf<Section::Solution> },
    { Section::Observations, observationsSection },
    { Section::Audit, auditSection },
    { Section::Conclusion, wordsOf<Section::Conclusion> },
    { Section::Configuration, [](const auto& run, const auto& text, int) { return allSettings(run, text); } },
    { Section::Environment, environmentSection, SectionPlace::Folded },
    { Section::Reproduce, [](const auto& run, const auto& text, int) { return reproduceLines(run, text); } },
};

// Several runs side by side, as `compared` has them; `folds` of its tables are folded away, the last first.
struct ComparedReport;
std::string comparisonSection(
    const ComparedReport& compared, const ReportText& text, int level, bool charts, int folds);
// One line: by which version, of which runs of which database.
std::string originLine(const std::vector<ReportRun>& runs, const ReportText& text, const ReportChoice& choice);

// The batches at which a loss table shows a run of `last` + 1 batches: 0, 50, 100, 250, 500, 750 and the last, by tens
// further for a longer run, all of them in tenths for a short one.
std::vector<std::int64_t> tableBatches(std::int64_t last);
// The loss recorded at that very batch, as text; empty when there is none.
std::string lossAt(const ReportRun& run, std::int64_t batch);
bool hasLossPoints(const ReportRun& run);
// The last batch that has a loss, or -1.
std::int64_t lastLossBatch(const ReportRun& run);
// A figure in C format with four significant digits: 0.0004, not 4e-04, as long as it is no smaller than a millionth;
// "–" for none. All digits stand in data/.
std::string figure(const std::optional<double>& value);
// What was published, with the digits it was published with.
std::string publishedFigure(double value);
std::string bytesFigure(const std::optional<double>& bytes);
std::string secondsFigure(double seconds, const ReportText& text);
// The line below the pictures: their SVG and, unless `table` is empty, every point.
std::string chartLinks(const ReportText& text, bool memory, const std::string& table);

} // namespace nabiz::app
