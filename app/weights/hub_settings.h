// SPDX-License-Identifier: GPL-3.0-or-later
// Which hub is asked, with which token, as the environment says in the names that Hugging Face's own programs obey. The
// token is read for one command, sent to the hub alone and shown nowhere. Any thread.
#pragma once

#include <filesystem>
#include <string>

namespace nabiz::app {

struct HubSettings {
    std::string endpoint; // https://huggingface.co: no slash at its end, no credentials in it
    std::filesystem::path cache;
    std::string token; // empty = none
    bool isOffline = false; // HF_HUB_OFFLINE: nothing is asked
    std::string certificates; // a file that stands in for the system's; empty = the system's
};

// `endpoint` stands in for HF_ENDPOINT. Throws TrainError{BadInput} naming the variable or option that is wrong.
HubSettings readHubSettings(const std::string& endpoint = {});

// Without user and password, as a message may show it.
std::string shownUrl(const std::string& url);

} // namespace nabiz::app
