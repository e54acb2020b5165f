// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report that can be left out, as those who write one speak of them.
// Values; any thread.
#pragma once

#include "ui/requests/report_section.h"

#include <optional>
#include <set>
#include <string_view>

namespace nabiz::app {

using Section = ui::ReportSection;
using Sections = std::set<Section>;

Sections allSections();
// "problem", as the command line and the texts' file call it.
std::string_view name(Section section);
std::optional<Section> sectionCalled(std::string_view name);

} // namespace nabiz::app
