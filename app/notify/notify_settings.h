// SPDX-License-Identifier: GPL-3.0-or-later
// Where it is told that a run has ended: notify.yaml in the folder of Nabız's own settings, written by a person. What
// it holds may be a secret, as the address of a channel is one: it goes to that address and nowhere else, into no
// database, report or message. Main thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace nabiz::app {

enum class NoticeShape { Json, Slack, Ntfy };

struct NotifySettings {
    std::string url; // empty = off
    NoticeShape shape = NoticeShape::Json;
    std::string command; // for /bin/sh; empty = off

    bool isOff() const { return url.empty() && command.empty(); }
    // scheme://host, which is no secret.
    std::string place() const;
};

// $XDG_CONFIG_HOME/nabiz/notify.yaml, else ~/.config/nabiz/notify.yaml; empty without a home.
std::filesystem::path notifyFile();
// Off where there is no such file. Throws TrainError{BadInput} with what is wrong in it.
NotifySettings readNotifySettings(const std::filesystem::path& file = notifyFile());

} // namespace nabiz::app
