// SPDX-License-Identifier: GPL-3.0-or-later
// The sections that are a person's own: problem, applied solution, conclusion. They are Markdown, made safe.
#include "app/report/markdown.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string wordsSection(const ReportRun& run, const ReportText& text, int level, Section section)
{
    const std::string key(name(section));
    const auto found = run.overview.run.texts.find(key);
    if (found == run.overview.run.texts.end() || found->second.find_first_not_of(" \t\r\n") == std::string::npos)
        return {};
    return markdown::heading(level, text("section." + key)) + markdown::words(found->second) + "\n\n";
}

} // namespace nabiz::app
