// SPDX-License-Identifier: GPL-3.0-or-later
// How long a run that waits or trains will still take, by speed that was measured.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/estimate/speed_forecast.h"

#include <optional>

namespace nabiz::ui {

class RunCatalog;

// By its own speed as soon as it has one, else by that of earlier runs of the same work on this machine; none where
// there is none.
std::optional<double> secondsLeft(
    const trainer::SpeedForecast& forecast, const RunCatalog& catalog, storage::RunId run);

} // namespace nabiz::ui
