// SPDX-License-Identifier: GPL-3.0-or-later
// What changed since the runs before a run, by what the catalogue knows of them.
// GUI thread.
#pragma once

#include "ui/analysis/what_changed.h"

namespace nabiz::ui {

class RunCatalog;

// Since the run it was made from, and since the last one of its preset. Empty while the settings are not loaded.
std::vector<WhatChanged> changesBefore(const RunCatalog& catalog, storage::RunId run);

} // namespace nabiz::ui
