// SPDX-License-Identifier: GPL-3.0-or-later
// The same run again with another seed, or with other settings: from the settings the run itself stored, whatever
// Configure or its preset say now. GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "ui/requests/start_request.h"

#include <vector>

namespace nabiz::ui {

class RunCatalog;
struct RunDetail;

// Why it cannot be run again; empty when it can. nullptr stands for a run that is not loaded yet.
QString whyNotRepeatable(const RunDetail* run);

// Above the seeds of these runs and of what was made from them, waiting ones included.
std::vector<std::int64_t> freeSeeds(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, int count);

// How many runs of these, and of what was made from them with another seed, have not ended.
int waitingFor(const RunCatalog& catalog, const std::vector<storage::RunId>& runs);

// `base`, or with a number behind it when a run has that name.
QString freeRunName(const RunCatalog& catalog, const QString& base);

// Of a repeatable run.
StartRequest repeatWith(const RunDetail& run, const trainer::PresetStore& presets, const Changes& changes);
// The same. It waits behind what runs now.
StartRequest repeatWithSeed(const RunDetail& run, const trainer::PresetStore& presets, std::int64_t seed);

} // namespace nabiz::ui
