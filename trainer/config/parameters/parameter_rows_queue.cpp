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
    };
}

} // namespace nabiz::trainer::rows
