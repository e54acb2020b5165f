// SPDX-License-Identifier: GPL-3.0-or-later
// That a run has ended, or the queue, as facts: for the body of a request and for the environment of a command.
// Values; any thread.
#pragma once

#include "app/notify/notify_settings.h"
#include "storage/records/records.h"

#include <string>
#include <utility>
#include <vector>

namespace nabiz::app {

struct Notice {
    std::string id; // the same notice once more has the same
    std::string text; // a sentence
    // In order: kind (run, queue, test), host, and of a run: run, name, status, reason, failure, preset, group,
    // batches, planned_batches, seconds, loss, val_loss. Numbers with a decimal point, whatever the locale.
    std::vector<std::pair<std::string, std::string>> facts;
};

Notice runNotice(const storage::RunOverview& overview);
Notice queueNotice(std::size_t finished, std::size_t notFinished, std::size_t waiting);
Notice testNotice();

struct NoticeRequest {
    std::string body;
    std::vector<std::string> headers;
};
NoticeRequest requestOf(const Notice& notice, NoticeShape shape);
// NABIZ_RUN=7 …, and NABIZ_TEXT, the sentence.
std::vector<std::string> environmentOf(const Notice& notice);

} // namespace nabiz::app
