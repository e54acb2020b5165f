// SPDX-License-Identifier: GPL-3.0-or-later
// What changed between two runs, and what came of it: settings, the text's fingerprint, versions, the commit of the
// folder that is followed, and beside them how both ended. Values as recorded; the words are the shower's. Pure; any
// thread.
#pragma once

#include "storage/records/records.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

using SettingValues = std::map<std::string, std::string>; // as applied, or before that is known, as declared

struct ChangedItem {
    std::string key;
    std::string before, after; // empty where it was not known
};

struct RunEnd {
    storage::RunStatus status = storage::RunStatus::Queued;
    std::string failure;
    std::optional<double> loss, peakBytes, batchSeconds;
    std::int64_t batches = 0;
};

struct WhatChanged {
    storage::RunId run = 0; // the earlier one
    std::string name;
    bool isParent = false; // the other was made from it; else the last one of the same preset before it
    std::vector<ChangedItem> settings;
    std::vector<ChangedItem> facts; // data.hash, nabiz, torch, gpu, track.commit, track.hash …
    bool isValidation = false; // the losses are the best of validation, else the means of the last batches
    RunEnd before, after;

    bool isNothing() const { return settings.empty() && facts.empty(); }
};

WhatChanged whatChanged(const storage::RunOverview& before, const SettingValues& beforeSettings,
    const storage::RunOverview& after, const SettingValues& afterSettings);

// The runs that a run is held against, of all there are: its parent, and the last of its preset before it.
std::vector<const storage::RunOverview*> runsBefore(
    const std::vector<storage::RunOverview>& runs, const storage::Run& run);

SettingValues valuesOf(const std::vector<storage::Parameter>& parameters);

} // namespace nabiz::ui
