// SPDX-License-Identifier: GPL-3.0-or-later
// What the points say, a sentence a rule: see observations.h.
#include "app/report/observations.h"

#include "app/report/markdown.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string observationsSection(const ReportRun& run, const ReportText& text, int level)
{
    const auto sentences = observe(run, text);
    std::string result = markdown::heading(level, text("section.observations"));
    for (const auto& sentence : sentences)
        result += "- " + sentence + "\n";
    return result + (sentences.empty() ? text("observation.none") + "\n\n" : "\n");
}

} // namespace nabiz::app
