// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the inbox in the one form that figures have as log() writes them, {"t":…,"s":…,"m":{"loss":0.5}}: a run has
// millions, and reading each as any JSON would take several times as long. Every other line is left to a reader of
// JSON. Pure; one thread an object.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace nabiz::app {

struct InboxLine {
    double wall = 0;
    std::int64_t step = 0;
    std::vector<std::pair<std::string_view, double>> figures; // names in the line

    // False: it is of another form, and what stands here is nothing.
    bool read(std::string_view line);
};

} // namespace nabiz::app
