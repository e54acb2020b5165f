// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/preset_sections.h"

#include "trainer/base/nearest.h"
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/config/presets/foreign_keys.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

// In the order in which presets hold them, headings behind them.
constexpr std::string_view kNames[]
    = { "model", "language", "training", "data", "hardware", "queue", "extends", "summary" };
constexpr std::size_t kSections = 6;

} // namespace

bool isSection(std::string_view name)
{
    return std::find(kNames, kNames + kSections, name) != kNames + kSections;
}

Message unknownKey(std::string_view key)
{
    if (const auto near = nearestKey(key); !near.empty())
        return message(NABIZ_TEXT("Message", "There is no key %1; is %2 meant?"), key, near);
    return message(NABIZ_TEXT("Message", "There is no key %1. Remove the line."), key);
}

Message unknownSection(std::string_view name)
{
    if (const auto near = nearest(name, kNames); !near.empty())
        return message(NABIZ_TEXT("Message", "There is no section %1; is %2 meant?"), name, near);
    if (Message known = foreignKey(name); !known.empty())
        return known;
    if (const auto near = nearestKey(name); !near.empty()) {
        const auto dot = near.find('.');
        return message(NABIZ_TEXT("Message", "There is no section %1; write %2 below the line %3:"), name,
            near.substr(dot + 1), near.substr(0, dot));
    }
    return message(NABIZ_TEXT("Message",
                       "There is no section %1; a preset has model, language, training, data, hardware, queue, "
                       "and the lines extends and summary."),
        name);
}

} // namespace nabiz::trainer
