// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_rows.h"

namespace nabiz::trainer::rows {

std::vector<Parameter> queue()
{
    return {
        { .key = "queue.stop_worse_than_median",
            .label = NABIZ_TEXT("Parameter", "Stop the hopeless"),
            .group = NABIZ_TEXT("Parameter", "Queue"),
            .level = kMore,
            .defaultValue = whole(0),
            .minimum = 0,
            .maximum = 1000000,
            .unit = NABIZ_TEXT("Parameter", "evaluations"),
            .help = NABIZ_TEXT("Parameter",
                "Of a group of runs, such as a grid: a run whose validation loss has been above the median of the others "
                "at the same batch for so many evaluations in a row is stopped, and says so. 0 is never. Sooner saves "
                "time, and gives up what would have caught up."),
            .resumable = true },
        { .key = "queue.resume",
            .label = NABIZ_TEXT("Parameter", "After a crash"),
            .group = NABIZ_TEXT("Parameter", "Queue"),
            .level = kMore,
            .defaultValue = text("by_hand"),
            .choices = { "by_hand", "auto" },
            .help = NABIZ_TEXT("Parameter",
                "auto: a run that was ended by a crash, a restart of the machine or a failing device goes on by itself "
                "from its last checkpoint, at most three times, while nabiz guard runs (nabiz guard install has it "
                "started at each login). by_hand: it waits for Resume. A run that a person stops stays stopped."),
            .resumable = true },
    };
}

} // namespace nabiz::trainer::rows
