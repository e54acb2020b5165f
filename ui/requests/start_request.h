// SPDX-License-Identifier: GPL-3.0-or-later
// What Start asks for.
// A value; GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/parameters/config.h"

#include <QString>
#include <optional>

namespace nabiz::ui {

struct StartRequest {
    trainer::Config config;
    QString preset; // name of the preset it was made from
    QString presetText; // its YAML as it stands in the editor
    QString command; // the one-line command
    QString name;
    QString why;
    std::optional<storage::RunId> parent; // the run it was made from
    int seeds = 1; // runs to make, with seeds seed, seed + 1 …
    bool queue = false; // into the queue, where it waits even when nothing runs
    bool repeat = false; // of a stored run, with another seed: says nothing of what Configure holds
};

} // namespace nabiz::ui
