// SPDX-License-Identifier: GPL-3.0-or-later
// How nabiz compare says what it found: sentences and tables for people, or one JSON document.
// Pure; main thread.
#pragma once

#include "ui/analysis/stored_comparison.h"

#include <nlohmann/json.hpp>
#include <string>

namespace nabiz::app {

std::string comparisonText(const ui::StoredComparison& comparison);
nlohmann::ordered_json comparisonJson(const ui::StoredComparison& comparison);

} // namespace nabiz::app
