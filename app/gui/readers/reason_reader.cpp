// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/reason_reader.h"

#include <algorithm>

namespace nabiz::app {

ui::RunReasons::Sentences readReasons(const storage::RunStore& store, std::span<const storage::RunOverview> runs)
{
    ui::RunReasons::Sentences sentences;
    for (const auto& [run, summary] : runs) {
        if (run.failure.empty())
            continue;
        const auto events = store.events(run.id);
        const auto told = std::find_if(events.rbegin(), events.rend(),
            [&reason = run.failure](const storage::Event& event) { return event.text == reason; });
        if (told != events.rend() && !told->message.empty())
            sentences[run.id] = { told->message, told->arguments };
    }
    return sentences;
}

} // namespace nabiz::app
