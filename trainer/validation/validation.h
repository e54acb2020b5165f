// SPDX-License-Identifier: GPL-3.0-or-later
// Every reason why a configuration cannot start here, each with its remedy, before anything is loaded. Pure but for the
// look at paths in `validateData`; any thread.
#pragma once

#include "trainer/base/problem.h"
#include "trainer/config/parameters/config.h"
#include "trainer/config/parameters/machine.h"

#include <stop_token>
#include <vector>

namespace nabiz::trainer {

// Ranges, dependencies between keys, and what this version or this machine cannot do.
std::vector<Problem> validate(const Config& config, const Machine& machine);
// Paths that are missing, empty, unreadable, without text, or smaller than one sample. Reads directories and sizes:
// as long as the disk takes. Throws Cancelled after a stop.
std::vector<Problem> validateData(const Config& config, std::stop_token stop = {});

} // namespace nabiz::trainer
