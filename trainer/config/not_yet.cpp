// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/not_yet.h"

#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::pair<const char*, const char*> kSwitches[] = {
    { "model.use_multimodal", NABIZ_TEXT("Message",
        "Training on pictures and sound is not in this version of Nabız yet.") },
};

} // namespace

std::vector<Problem> notYetProblems(const Config& config)
{
    std::vector<Problem> problems;
    for (const auto& [key, text] : kSwitches) {
        if (config.boolean(key))
            problems.push_back({ .key = key, .message = message(text),
                .remedy = Remedy { key, false, message(NABIZ_TEXT("Message", "Turn off")) } });
    }
    if (!config.text("model.init").empty())
        problems.push_back({ .key = "model.init",
            .message = message(NABIZ_TEXT("Message",
                "Starting from weights of a file (model.init) is not in this version of Nabız yet.")),
            .remedy = Remedy { "model.init", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } });
    return problems;
}

} // namespace nabiz::trainer
