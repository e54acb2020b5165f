// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch of a configuration took on this machine, by the runs there are: nothing is estimated that was not
// measured. GUI thread.
#pragma once

#include "trainer/config/parameters/config.h"

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::ui {

class RunCatalog;

// Whether what a batch takes hangs on that setting.
bool decidesWork(std::string_view key);
// The median seconds a batch of the newest run of `host` whose batches did the same work: model, language model, batch
// and hardware alike. None when there is no such run.
std::optional<double> measuredBatchSeconds(
    const RunCatalog& catalog, const trainer::Config& config, const std::string& host);

} // namespace nabiz::ui
