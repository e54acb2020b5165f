// SPDX-License-Identifier: GPL-3.0-or-later
// What an Event of TensorBoard says: scalars in both ways of writing them, texts, hyper-parameters, and where a run was
// begun again. Pure; any thread.
#pragma once

#include "storage/records/imported_run.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

struct EventValues {
    struct Scalar {
        std::string_view tag; // in the payload
        double value = 0;
    };
    struct Text {
        std::string_view tag;
        std::string text;
    };
    double wall = storage::kNoWallTime;
    std::int64_t step = 0;
    bool isRestart = false; // what stands at its step and behind it was written by an earlier life
    std::vector<Scalar> scalars;
    std::vector<Text> texts;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string group;
    std::optional<storage::RunStatus> status;
};

// Of one file. A plugin is named with a tag's first value alone, so it is remembered.
class EventParser {
public:
    // Throws protozero::exception when the payload is no Event.
    void parse(std::string_view payload, EventValues& out);

private:
    void summary(std::string_view bytes, EventValues& out);
    void value(std::string_view bytes, EventValues& out);

    std::map<std::string, std::string, std::less<>> m_plugins; // by tag
};

} // namespace nabiz::app
