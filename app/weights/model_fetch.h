// SPDX-License-Identifier: GPL-3.0-or-later
// Fetches a model's weights with what belongs to them: asks the hub which commit a name means, takes what is not there
// yet, checks every file against the hub's size and hash, and gives them their names last. Blocking; any thread but the
// window's.
#pragma once

#include "app/weights/hub_client.h"
#include "app/weights/progress_meter.h"

#include <optional>

namespace nabiz::app {

struct FetchListener {
    std::function<void(const FetchProgress&)> progress; // some times a second while bytes come
    std::function<void(const trainer::Message&)> say;
};

struct FetchedFile {
    std::string name;
    std::int64_t bytes = 0;
    std::int64_t fetched = 0; // of them, over the wire by this call
    std::int64_t resumed = 0; // of them, there from an earlier call that did not end
};

struct FetchedModel {
    trainer::ModelName name;
    std::string commit;
    std::filesystem::path folder;
    std::string licence; // empty where the hub names none or was not asked
    std::vector<FetchedFile> files;
    bool wasAsked = true; // the hub was
};

// Into the cache of the settings, or into `to`. Throws FetchError; TrainError{BadInput} for a model that Nabız does not
// compute or a file in the way; trainer::Cancelled.
FetchedModel fetchModel(const trainer::ModelName& name, const std::filesystem::path& to, const HubSettings& settings,
    const FetchListener& listener, std::stop_token stop);

} // namespace nabiz::app
