// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report that can be left out, in the order in which they stand. Title and summary always stand.
// Values; any thread.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string_view>

namespace nabiz::app {

enum class Section {
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
using Sections = std::set<Section>;

std::span<const Section> allSections();
// "problem", as the command line and the texts' file call it.
std::string_view name(Section section);
std::optional<Section> sectionCalled(std::string_view name);

} // namespace nabiz::app
