// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the run's figures can be believed: what the audit found, each with what was measured, what it means and what
// to change; or that it found nothing.
#include "app/report/markdown.h"
#include "app/report/sections.h"
#include "trainer/base/finding.h"

namespace nabiz::app {

std::string auditSection(const ReportRun& run, const ReportText& text, int level)
{
    std::vector<trainer::Finding> told;
    for (const auto& event : run.events) {
        auto finding = event.kind == "audit" ? trainer::findingFrom(event.message, event.arguments) : std::nullopt;
        if (finding)
            told.push_back(std::move(*finding));
    }
    std::string result = markdown::heading(level, text("section.audit"));
    if (told.empty())
        return result + text("audit.none") + "\n\n";
    std::string fine;
    const auto findings = trainer::standing(told);
    for (const auto& finding : findings) {
        const std::string measured = markdown::escape(text.sentence(finding.measured));
        if (finding.severity == trainer::FindingSeverity::Fine) {
            fine += (fine.empty() ? "" : " · ") + measured;
            continue;
        }
        const std::string title = markdown::escape(text.sentence(trainer::findingTitle(finding.id)));
        result += "- **" + text("audit." + std::string(trainer::severityName(finding.severity)), { title }) + "** "
            + measured + " " + markdown::escape(text.sentence(finding.message)) + "\n";
    }
    const bool isClean = trainer::suspicious(findings).empty();
    if (!isClean)
        result += "\n";
    if (isClean)
        result += text("audit.nothing", { fine }) + "\n\n";
    else if (!fine.empty())
        result += text("audit.in_order", { fine }) + "\n\n";
    return result;
}

} // namespace nabiz::app
