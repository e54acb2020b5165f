// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of the sections of a report that can be left out, in the order in which they are chosen; title and
// summary always stand. The page, the command line and what writes them read it. Where each stands in a report:
// app/report/sections.h. Values; any thread.
#pragma once

#include <QtGlobal>

namespace nabiz::ui {

enum class ReportSection {
    Problem, // a person's own words, as are Solution and Conclusion
    Solution,
    Configuration,
    Results,
    Charts, // stand in Results, as do Samples
    Samples,
    Observations,
    Audit,
    Environment,
    Reproduce,
    Conclusion
};

struct ReportSectionRow {
    ReportSection section;
    const char* name; // on the command line, in the settings and in the texts' file
    const char* label; // in English
};

inline constexpr ReportSectionRow kReportSections[] = {
    { ReportSection::Problem, "problem", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Problem") },
    { ReportSection::Solution, "solution", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Applied solution") },
    { ReportSection::Configuration, "configuration", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Configuration") },
    { ReportSection::Results, "results", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Results") },
    { ReportSection::Charts, "charts", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Charts") },
    { ReportSection::Samples, "samples", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Sample texts") },
    { ReportSection::Observations, "observations", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Observations") },
    { ReportSection::Audit, "audit", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Audit") },
    { ReportSection::Environment, "environment", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Environment") },
    { ReportSection::Reproduce, "reproduce", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Reproduce") },
    { ReportSection::Conclusion, "conclusion", QT_TRANSLATE_NOOP("nabiz::ui::ReportSections", "Conclusion") },
};

} // namespace nabiz::ui
