// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_section.h"

#include <algorithm>

namespace nabiz::app {

std::span<const Section> allSections()
{
    static constexpr Section kAll[] = { Section::Problem, Section::Solution, Section::Configuration, Section::Results,
        Section::Charts, Section::Samples, Section::Observations, Section::Audit, Section::Environment,
        Section::Reproduce, Section::Conclusion };
    return kAll;
}

std::string_view name(Section section)
{
    static constexpr std::string_view kNames[] = { "problem", "solution", "configuration", "results", "charts",
        "samples", "observations", "audit", "environment", "reproduce", "conclusion" };
    return kNames[static_cast<std::size_t>(section)];
}

std::optional<Section> sectionCalled(std::string_view wanted)
{
    const auto all = allSections();
    const auto found = std::find_if(all.begin(), all.end(), [&](Section section) { return name(section) == wanted; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace nabiz::app
