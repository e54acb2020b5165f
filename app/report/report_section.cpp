// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_section.h"

namespace nabiz::app {

Sections allSections()
{
    Sections all;
    for (const ui::ReportSectionRow& row : ui::kReportSections)
        all.insert(row.section);
    return all;
}

std::string_view name(Section section)
{
    for (const ui::ReportSectionRow& row : ui::kReportSections) {
        if (row.section == section)
            return row.name;
    }
    return {};
}

std::optional<Section> sectionCalled(std::string_view wanted)
{
    for (const ui::ReportSectionRow& row : ui::kReportSections) {
        if (row.name == wanted)
            return row.section;
    }
    return std::nullopt;
}

} // namespace nabiz::app
