// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer means that is no content: how long to wait, or one sentence on why not and what to do. Pure but for
// the clock; any thread.
#pragma once

#include "app/weights/http_client.h"
#include "trainer/config/parameters/hub_cache.h"

#include <optional>

namespace nabiz::app {

// Retry-After, in seconds or as a date.
std::optional<double> secondsToWait(const HttpAnswer& answer);

// Throws FetchError.
[[noreturn]] void refuseAnswer(const HubSettings& settings, const trainer::ModelName& name, const HttpAnswer& answer);

} // namespace nabiz::app
