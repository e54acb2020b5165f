// SPDX-License-Identifier: GPL-3.0-or-later
// From the draft on Configure to what Start asks for: one run, or with the dialog of a grid many.
// GUI thread.
#pragma once

#include "ui/requests/start_request.h"

#include <functional>

class QWidget;

namespace nabiz::ui {

class ConfigureDraft;
class ConfigureSide;
class RunCatalog;

StartRequest requestOf(const ConfigureDraft& draft, const ConfigureSide& side, const RunCatalog& catalog);
// What is chosen in the dialog goes to `then`.
void askToVary(ConfigureDraft& draft, const ConfigureSide& side, const RunCatalog& catalog, QWidget* parent,
    std::function<void(const StartRequest&)> then);

} // namespace nabiz::ui
